package io.dayflow.hub.sync;

/** What a walk through a collection is for, which decides what it looks at. */
public enum Visit {
    /** What is new: a listing from the cursor on, and of it what has another version. */
    NEWS,
    /** Everything anew, whatever cursor and versions say. */
    ANEW,
    /** Everything anew, right after the news: what differs from what was last agreed then, nobody told of. */
    AUDIT,
    /** Everything anew, where the service cannot list news: what differs in a version that is known, nobody told of. */
    AUDIT_ALONE;

    /** Whether cursor and known versions are of no account. */
    boolean everything() {
        return this != NEWS;
    }

    /** Whether what both sides hold is compared with what was last agreed. */
    boolean audits() {
        return this == AUDIT || this == AUDIT_ALONE;
    }
}
