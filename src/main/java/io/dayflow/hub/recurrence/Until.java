package io.dayflow.hub.recurrence;

import io.dayflow.hub.item.When;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** UNTIL and the last day it leaves room for, by the type and zone of the start (RFC 5545 section 3.3.10). */
final class Until {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private Until() {}

    /** The value that lets an occurrence on {@code endDate} be the last: a date, a floating time or one in UTC. */
    static String of(LocalDate endDate, When start) {
        return switch (start) {
            case When.Day day -> DATE.format(endDate);
            case When.Floating floating -> DATE_TIME.format(endDate.atTime(23, 59, 59));
            case When.Zoned zoned -> {
                ZoneId zone = zoned.dateTime().getZone();
                Instant dayEnd =
                        endDate.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
                Instant last = occurrence(endDate, zoned);
                Instant until = last.isAfter(dayEnd) ? last : dayEnd;
                yield DATE_TIME.format(until.atOffset(ZoneOffset.UTC)) + "Z";
            }
        };
    }

    /** The last day with an occurrence not after {@code until}; empty if that is no date or time. */
    static Optional<LocalDate> read(String until, When start) {
        String text = until.strip().toUpperCase(Locale.ROOT);
        try {
            if (text.length() == 8) {
                return Optional.of(LocalDate.parse(text, DATE));
            }
            boolean utc = text.endsWith("Z");
            LocalDateTime time = LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text, DATE_TIME);
            return Optional.of(
                    switch (start) {
                        case When.Day day -> time.toLocalDate();
                        case When.Floating floating ->
                            reached(time, floating.dateTime().toLocalTime());
                        case When.Zoned zoned -> {
                            ZoneId zone = zoned.dateTime().getZone();
                            Instant instant = (utc ? time.atZone(ZoneOffset.UTC) : time.atZone(zone)).toInstant();
                            LocalDate date = instant.atZone(zone).toLocalDate();
                            yield occurrence(date, zoned).isAfter(instant) ? date.minusDays(1) : date;
                        }
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDate reached(LocalDateTime until, LocalTime time) {
        return until.toLocalTime().isBefore(time) ? until.toLocalDate().minusDays(1) : until.toLocalDate();
    }

    private static Instant occurrence(LocalDate date, When.Zoned start) {
        return date.atTime(start.dateTime().toLocalTime())
                .atZone(start.dateTime().getZone())
                .toInstant();
    }
}
