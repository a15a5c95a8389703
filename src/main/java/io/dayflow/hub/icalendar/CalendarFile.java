package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.View;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * One iCalendar stream of many items (RFC 5545), written as they come: nothing of an item is kept. A zone is described where it
 * is used first, right from the year of that item on: items come in the order of their times. Not thread-safe.
 */
public final class CalendarFile {

    private static final String EOL = "\r\n";

    private final Appendable out;
    private final Stamp stamp;
    private final Set<String> zones = new HashSet<>();

    /** Begins the calendar. */
    public CalendarFile(Appendable out, Stamp stamp) throws IOException {
        this.out = out;
        this.stamp = stamp;
        out.append("BEGIN:VCALENDAR" + EOL + "VERSION:2.0" + EOL);
        out.append("PRODID:" + CalendarObject.PRODUCT + EOL);
    }

    /**
     * Adds an item.
     *
     * @throws IllegalArgumentException if it is no valid item; nothing is written then
     */
    public void add(View item, String uid) throws IOException {
        var document = Document.parse(CalendarObject.create(item, uid, stamp));
        for (var component : document.components()) {
            var zone = component.is("VTIMEZONE") ? component.text("TZID") : null;
            if (zone == null || zones.add(zone)) {
                var text = new StringBuilder();
                component.appendTo(text);
                out.append(text);
            }
        }
    }

    /** Ends the calendar. What it is written to stays open. */
    public void end() throws IOException {
        out.append("END:VCALENDAR" + EOL);
    }
}
