package io.dayflow.hub.web;

import io.dayflow.hub.trace.SideState;

/**
 * The state of an item on one side as a page shows it.
 *
 * @param fields the names of those that differ, for people; empty if none do
 */
public record SyncSide(SideState at, String fields) {

    /** The end of the keys of its texts. */
    public String key() {
        return at.state().id();
    }

    public String tone() {
        return switch (at.state()) {
            case IN_AGREEMENT -> "good";
            case WAITING, RATE_LIMITED -> "working";
            case CONFLICT, HELD, REFUSED, QUARANTINED, UNREADABLE, NEEDS_RECONNECT -> "attention";
            case NOT_EXPORTED,
                    OLDER,
                    KIND_OFF,
                    NO_COLLECTION,
                    ONE_WAY,
                    READ_ONLY,
                    BY_HAND,
                    PAUSED,
                    NOT_CONFIRMED,
                    DISCONNECTED,
                    DELETED,
                    LEFT_ALONE -> "idle";
        };
    }
}
