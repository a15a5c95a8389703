package io.dayflow.hub.connection;

import java.util.Locale;

/** A setting with a few values. */
public sealed interface SettingChoice permits SyncDirection, ConflictResolution, FieldStrategy, DeletePolicy {

    String name();

    /** The value in JSON: lower case, words joined by underscores. */
    default String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
