package io.dayflow.hub.corpus;

import io.dayflow.hub.icalendar.CorpusMeaning;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a row of {@code calendar_events} is to say of an event, to a user in a zone. */
record ExpectedRow(String title, Instant start, Instant end, boolean allDay) {

    /** By place ({@code href part}), for everything in the calendar that can be read. */
    static SortedMap<String, ExpectedRow> all(Shelf shelf, ZoneId zone) {
        SortedMap<String, ExpectedRow> rows = new TreeMap<>();
        shelf.files()
                .forEach((number, uri) -> CorpusMeaning.parts(number)
                        .forEach(part -> rows.put(uri.getPath() + " " + part.key(), of(part, zone))));
        return rows;
    }

    private static ExpectedRow of(CorpusMeaning.Part part, ZoneId zone) {
        return new ExpectedRow(
                part.title(),
                instant(part.start(), zone),
                instant(part.end(), zone),
                !part.start().contains("T"));
    }

    /** Told by the offset that the text names, so that the hub's own zones take no part in it. */
    private static Instant instant(String when, ZoneId zone) {
        if (!when.contains("T")) {
            return LocalDate.parse(when).atStartOfDay(zone).toInstant();
        }
        String time = when.replaceFirst("\\[.*", "");
        return time.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(time).toInstant()
                : LocalDateTime.parse(time).atZone(zone).toInstant();
    }
}
