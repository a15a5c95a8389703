package io.dayflow.hub.icalendar;

/** A piece of a calendar object; the pieces' texts in order are the object's text. */
sealed interface Node permits ContentLine, Component, Filler {

    /** Appends the piece exactly as it was written. */
    void appendTo(StringBuilder out);

    /** The piece exactly as it was written. */
    default String text() {
        StringBuilder out = new StringBuilder();
        appendTo(out);
        return out.toString();
    }
}
