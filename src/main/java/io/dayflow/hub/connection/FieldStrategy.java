package io.dayflow.hub.connection;

/** What happens to one field that both sides changed differently; over it stands {@link ConflictResolution}. */
public enum FieldStrategy implements SettingChoice {
    MANUAL,
    LATEST,
    SOURCE,
    MERGE,
    /** DayFlow's value holds. */
    DAYFLOW
}
