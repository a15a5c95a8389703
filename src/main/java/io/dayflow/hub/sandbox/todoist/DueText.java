package io.dayflow.hub.sandbox.todoist;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    private static final Pattern COUNTED =
            Pattern.compile("(?:(\\d+|other)\\s+)?(day|week|month|year)s?(?:\\s+on\\s+(.+))?");
    private static final Pattern MONTH_DAY = Pattern.compile("(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?");
    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

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
            var rule = rule(text, until);
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
                var weekday = weekday(text);
                if (weekday != null) {
                    yield today.with(TemporalAdjusters.next(weekday));
                }
                yield text.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(text) : null;
            }
        };
    }

    private static @Nullable Rule rule(String text, @Nullable LocalDate until) {
        switch (text) {
            case "daily" -> {
                return new Rule(Rule.Unit.DAY, 1, Set.of(), null, false, until);
            }
            case "weekly" -> {
                return new Rule(Rule.Unit.WEEK, 1, Set.of(), null, false, until);
            }
            case "monthly" -> {
                return new Rule(Rule.Unit.MONTH, 1, Set.of(), null, false, until);
            }
            case "yearly" -> {
                return new Rule(Rule.Unit.YEAR, 1, Set.of(), null, false, until);
            }
            default -> {
                boolean after = text.startsWith("every! ") || text.startsWith("after ");
                int space = text.indexOf(' ');
                boolean recurs = after || text.startsWith("every ") || text.startsWith("ev ");
                return recurs ? every(text.substring(space + 1), after, until) : null;
            }
        }
    }

    private static @Nullable Rule every(String what, boolean after, @Nullable LocalDate until) {
        if (what.equals("weekday") || what.equals("workday")) {
            return new Rule(Rule.Unit.WEEK, 1, WEEKDAYS, null, after, until);
        }
        if (what.equals("last day")) {
            return new Rule(Rule.Unit.MONTH, 1, Set.of(), 31, after, until);
        }
        var days = days(what);
        if (!days.isEmpty()) {
            return new Rule(Rule.Unit.WEEK, 1, days, null, after, until);
        }
        var monthDay = MONTH_DAY.matcher(what);
        if (monthDay.matches()) {
            return new Rule(Rule.Unit.MONTH, 1, Set.of(), dayOfMonth(monthDay.group(1)), after, until);
        }
        var counted = COUNTED.matcher(what);
        if (!counted.matches()) {
            return null;
        }
        var number = counted.group(1);
        int interval = number == null ? 1 : number.equals("other") ? 2 : Integer.parseInt(number);
        var unit = Rule.Unit.valueOf(counted.group(2).toUpperCase(Locale.ROOT));
        return interval < 1 ? null : on(unit, interval, counted.group(3), after, until);
    }

    /** A rule such as {@code every 2 weeks on mon, fri} or {@code every month on the 3rd}. */
    private static @Nullable Rule on(
            Rule.Unit unit, int interval, @Nullable String on, boolean after, @Nullable LocalDate until) {
        if (on == null) {
            return new Rule(unit, interval, Set.of(), null, after, until);
        }
        var days = days(on);
        if (unit == Rule.Unit.WEEK && !days.isEmpty()) {
            return new Rule(unit, interval, days, null, after, until);
        }
        var monthDay = MONTH_DAY.matcher(on);
        return unit == Rule.Unit.MONTH && monthDay.matches()
                ? new Rule(unit, interval, Set.of(), dayOfMonth(monthDay.group(1)), after, until)
                : null;
    }

    private static int dayOfMonth(String digits) {
        int day = Integer.parseInt(digits);
        if (day < 1 || day > 31) {
            throw new DateTimeException("no month has a day " + day);
        }
        return day;
    }

    /** The weekdays of a list; empty when anything else is in it. */
    private static Set<DayOfWeek> days(String list) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var word : List.of(list.split("\\s*,\\s*(?:and\\s+)?|\\s+and\\s+"))) {
            var day = weekday(word);
            if (day == null) {
                return Set.of();
            }
            days.add(day);
        }
        return days;
    }

    private static @Nullable DayOfWeek weekday(String word) {
        for (var day : DayOfWeek.values()) {
            var name = day.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.length() >= 3 && word.length() <= 5 && name.startsWith(word)) {
                return day;
            }
        }
        return null;
    }
}
