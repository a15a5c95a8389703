package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.When;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Times that name an occurrence, told as the series tells its start: writers use UTC, other zones or bare dates for the
 * occurrences of a series in a zone.
 */
final class SeriesTime {

    private SeriesTime() {}

    /** The component's start, or null where it cannot be read. */
    static @Nullable When start(Component component, Zones zones) {
        ContentLine line = component.line("DTSTART");
        return line == null ? null : zones.whenOrNull(line, line.value());
    }

    /** The same occurrence, of the type and in the zone of {@code start}. */
    static When like(When start, When time) {
        return switch (start) {
            case When.Day day -> When.of(local(time, start).toLocalDate());
            case When.Floating floating -> When.of(local(time, start));
            case When.Zoned zoned ->
                time instanceof When.Zoned other
                        ? When.of(other.dateTime()
                                .withZoneSameInstant(zoned.dateTime().getZone()))
                        : When.of(local(time, start).atZone(zoned.dateTime().getZone()));
        };
    }

    /** What the clock by which the series is told shows at this time. */
    static LocalDateTime clock(When start, When time) {
        return local(like(start, time), start);
    }

    private static LocalDateTime local(When time, When start) {
        return switch (time) {
            case When.Day day ->
                day.date()
                        .atTime(
                                switch (start) {
                                    case When.Day midnight -> LocalTime.MIDNIGHT;
                                    case When.Floating floating ->
                                        floating.dateTime().toLocalTime();
                                    case When.Zoned zoned -> zoned.dateTime().toLocalTime();
                                });
            case When.Floating floating -> floating.dateTime();
            case When.Zoned zoned -> zoned.dateTime().toLocalDateTime();
        };
    }
}
