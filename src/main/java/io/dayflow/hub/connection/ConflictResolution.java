package io.dayflow.hub.connection;

/** What happens to a field that both sides changed differently (DESIGN, section 4, Merge). */
public enum ConflictResolution implements SettingChoice {
    MANUAL,
    LATEST,
    SOURCE,
    MERGE
}
