package io.dayflow.hub.icalendar;

/** Blank lines and lines that are no content lines: kept, never read. */
record Filler(String raw) implements Node {

    @Override
    public void appendTo(StringBuilder out) {
        out.append(raw);
    }
}
