package io.dayflow.hub.icalendar;

/** Why one part of an object cannot be read, in words for its user. */
final class UnreadablePart extends RuntimeException {

    UnreadablePart(String reason) {
        super(reason, null, false, false);
    }
}
