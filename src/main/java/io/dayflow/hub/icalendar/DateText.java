package io.dayflow.hub.icalendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** DATE and DATE-TIME values (RFC 5545 sections 3.3.4 and 3.3.5) before any zone is known. */
record DateText(LocalDate date, @Nullable LocalDateTime dateTime, boolean utc) {

    private static final int DAY_LENGTH = "20260301".length();
    private static final int TIME_LENGTH = "20260301T090000".length();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    /** Null if it is neither; a leap second is the second before it. */
    static @Nullable DateText parse(String value) {
        String text = value.strip();
        int length = text.length();
        boolean timed = length > DAY_LENGTH;
        boolean utc = length == TIME_LENGTH + 1 && isOneOf(text.charAt(TIME_LENGTH), 'Z', 'z');
        if (length != DAY_LENGTH && length != TIME_LENGTH && !utc
                || timed && !isOneOf(text.charAt(DAY_LENGTH), 'T', 't')
                || !isNumber(text, 0, DAY_LENGTH)
                || timed && !isNumber(text, DAY_LENGTH + 1, TIME_LENGTH)) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 4, 6), number(text, 6, 8));
            if (date.getYear() == 0) {
                return null;
            }
            return timed
                    ? new DateText(
                            date,
                            date.atTime(number(text, 9, 11), number(text, 11, 13), Math.min(59, number(text, 13, 15))),
                            utc)
                    : new DateText(date, null, false);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The instant of a UTC value, or null. */
    static @Nullable Instant instant(@Nullable ContentLine line) {
        DateText text = line == null ? null : parse(line.value());
        return text == null || !text.utc() || text.dateTime() == null
                ? null
                : text.dateTime().toInstant(ZoneOffset.UTC);
    }

    static String of(LocalDate date) {
        return DATE.format(date);
    }

    static String of(LocalDateTime dateTime) {
        return DATE_TIME.format(dateTime);
    }

    static String of(Instant instant) {
        return DATE_TIME.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
    }

    private static boolean isOneOf(char c, char one, char other) {
        return c == one || c == other;
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
