package io.dayflow.hub.link;

import java.util.Locale;

/** What a job counts, by the names of the REST interface. */
public enum Count {
    READ,
    CREATED,
    UPDATED,
    DELETED,
    UNCHANGED,
    CONFLICTS,
    FAILED,
    PUSHED,
    /** What a sweep found to differ from what was last agreed, although nobody had said so. */
    REPAIRED;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
