package io.dayflow.hub.sandbox.todoist;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person types as a due date, in English, as far as the stand-in understands it: {@code today}, {@code tomorrow}, a
 * weekday, {@code 2026-03-01}, or a rule with {@code every}; each with a time, and a rule with its first or last day.
 *
 * @param day the day that is named; null for a rule
 * @param rule how it comes back; null for a single day
 * @param time the time of the day; null for none
 * @param starting the day from which a rule counts; null for today
 */
record DueText(
        @Nullable LocalDate day,
        @Nullable Rule rule,
        @Nullable LocalTime time,
        @Nullable LocalDate starting) {

    private static final Pattern TIME =
            Pattern.compile("\\s+(?:at\\s+)?(\\d{1,2})(?::(\\d{2}))?\\s*(am|pm)?$|\\s+at\\s+(noon|midnight)$");
    private static final Pattern STARTING = Pattern.compile("\\s+(?:starting|from)\\s+(\\d{4}-\\d{2}-\\d{2})\\b");
    private static final Pattern UNTIL = Pattern.compile("\\s+(?:until|ending)\\s+(\\d{4}-\\d{2}-\\d{2})\\b");

    /** Reads it; null when it is not understood. */
    static @Nullable DueText parse(String typed, LocalDate today) {
        var text = typed.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        try {
            var starting = date(STARTING.matcher(text));
            var until = date(UNTIL.matcher(text));
            text = UNTIL.matcher(STARTING.matcher(text).replaceAll(""))
                    .replaceAll("")
                    .strip();
            LocalTime time = null;
            var timed = TIME.matcher(text);
            if (timed.find() && (timed.group(2) != null || timed.group(3) != null || text.contains(" at "))) {
                time = time(timed);
                text = text.substring(0, timed.start()).strip();
            }
            var rule = RuleWords.parse(text, until);
            var day = rule == null ? day(text, today) : null;
            return rule == null && day == null ? null : new DueText(day, rule, time, starting);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable LocalDate date(Matcher found) {
        return found.find() ? LocalDate.parse(found.group(1)) : null;
    }

    private static LocalTime time(Matcher found) {
        if (found.group(4) != null) {
            return found.group(4).equals("noon") ? LocalTime.NOON : LocalTime.MIDNIGHT;
        }
        int hour = Integer.parseInt(found.group(1));
        int minute = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        if (found.group(3) != null) {
            hour = hour % 12 + (found.group(3).equals("pm") ? 12 : 0);
        }
        return LocalTime.of(hour, minute);
    }

    private static @Nullable LocalDate day(String text, LocalDate today) {
        return switch (text) {
            case "today", "tod" -> today;
            case "tomorrow", "tom" -> today.plusDays(1);
            case "next week" -> today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            default -> {
                var weekday = RuleWords.weekday(text);
                if (weekday != null) {
                    yield today.with(TemporalAdjusters.next(weekday));
                }
                yield text.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(text) : null;
            }
        };
    }
}
