package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.View;
import io.dayflow.hub.zone.ZoneText;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/**
 * One iCalendar stream of many items (RFC 5545), written as they come: nothing of an item is kept. A zone is described where it
 * is used first, right from one year on. Not thread-safe.
 */
public final class CalendarFile {

    private static final String EOL = "\r\n";

    private final Appendable out;
    private final Stamp stamp;
    private final int year;
    private final Set<String> zones = new HashSet<>();

    /**
     * Begins the calendar.
     *
     * @param year of the earliest item, in whatever order they come
     */
    public CalendarFile(Appendable out, Stamp stamp, int year) throws IOException {
        this.year = year;
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
            if (zone == null) {
                var text = new StringBuilder();
                component.appendTo(text);
                out.append(text);
            } else if (zones.add(zone)) {
                for (var line : ZoneText.lines(ZoneId.of(zone), year)) {
                    out.append(Folding.fold(line, EOL));
                }
            }
        }
    }

    /** Ends the calendar. What it is written to stays open. */
    public void end() throws IOException {
        out.append("END:VCALENDAR" + EOL);
    }
}
