package io.dayflow.hub.connection;

/** Which way changes travel. */
public enum SyncDirection implements SettingChoice {
    TWO_WAY,
    /** From the service to DayFlow only. */
    ONE_WAY,
    /** Both ways, and only in runs that a person asks for. */
    MANUAL
}
