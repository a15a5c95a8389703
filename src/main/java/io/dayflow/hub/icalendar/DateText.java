package io.dayflow.hub.icalendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DATE and DATE-TIME values (RFC 5545 sections 3.3.4 and 3.3.5) before any zone is known. */
record DateText(LocalDate date, @Nullable LocalDateTime dateTime, boolean utc) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:[Tt](\\d{2})(\\d{2})(\\d{2})([Zz]?))?");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    /** Null if it is neither; a leap second is the second before it. */
    static @Nullable DateText parse(String value) {
        Matcher form = FORM.matcher(value.strip());
        if (!form.matches()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
            if (date.getYear() == 0) {
                return null;
            }
            return form.group(4) == null
                    ? new DateText(date, null, false)
                    : new DateText(
                            date,
                            date.atTime(number(form, 4), number(form, 5), Math.min(59, number(form, 6))),
                            !form.group(7).isEmpty());
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

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
