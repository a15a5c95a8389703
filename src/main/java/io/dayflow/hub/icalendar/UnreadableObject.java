package io.dayflow.hub.icalendar;

/** Nothing can be made of the text. The message says why, in words for its user. */
public final class UnreadableObject extends Exception {

    public UnreadableObject(String reason) {
        super(reason);
    }
}
