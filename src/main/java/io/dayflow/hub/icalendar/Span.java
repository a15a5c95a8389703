package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.When;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A DURATION value (RFC 5545 section 3.3.6): nominal days, which are as long as the calendar makes them, and exact seconds,
 * both of one sign.
 */
record Span(long days, long seconds) {

    private static final Pattern FORM = Pattern.compile(
            "([+-]?)P(?:(\\d{1,6})W)?(?:(\\d{1,6})D)?(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?",
            Pattern.CASE_INSENSITIVE);

    /** Null if it is none, or says nothing. */
    static @Nullable Span parse(String value) {
        Matcher form = FORM.matcher(value.strip());
        if (!form.matches() || (form.group(2) == null && form.group(3) == null && value.indexOf('T') < 0)) {
            return null;
        }
        long sign = form.group(1).equals("-") ? -1 : 1;
        return new Span(
                sign * (7 * number(form, 2) + number(form, 3)),
                sign * (3600 * number(form, 4) + 60 * number(form, 5) + number(form, 6)));
    }

    private static long number(Matcher form, int group) {
        return form.group(group) == null ? 0 : Long.parseLong(form.group(group));
    }

    /** From one point to another of the same kind: whole days between days, exact time between others. */
    static @Nullable Span between(When start, When end) {
        if (start instanceof When.Day from && end instanceof When.Day to) {
            return new Span(ChronoUnit.DAYS.between(from.date(), to.date()), 0);
        }
        if (start instanceof When.Floating from && end instanceof When.Floating to) {
            return new Span(0, Duration.between(from.dateTime(), to.dateTime()).toSeconds());
        }
        if (start instanceof When.Zoned from && end instanceof When.Zoned to) {
            return new Span(0, Duration.between(from.dateTime(), to.dateTime()).toSeconds());
        }
        return null;
    }

    /** The point this long after another, in the same zone. */
    When after(When start) {
        return switch (start) {
            case When.Day day -> {
                LocalDate date = day.date().plusDays(days + seconds / 86_400);
                yield When.of(date);
            }
            case When.Floating floating ->
                When.of(floating.dateTime().plusDays(days).plusSeconds(seconds));
            case When.Zoned zoned -> When.of(zoned.dateTime().plusDays(days).plusSeconds(seconds));
        };
    }

    /** The one spelling used in views and for new values: {@code -PT10M}, {@code P1DT2H}, {@code PT0S}. */
    @Override
    public String toString() {
        if (days == 0 && seconds == 0) {
            return "PT0S";
        }
        long left = Math.abs(seconds);
        StringBuilder out = new StringBuilder(days < 0 || seconds < 0 ? "-P" : "P");
        append(out, Math.abs(days), 'D');
        if (left > 0) {
            out.append('T');
            append(out, left / 3600, 'H');
            append(out, left / 60 % 60, 'M');
            append(out, left % 60, 'S');
        }
        return out.toString();
    }

    private static void append(StringBuilder out, long number, char unit) {
        if (number > 0) {
            out.append(number).append(unit);
        }
    }
}
