package io.dayflow.hub.sandbox.todoist;

import io.dayflow.hub.sandbox.todoist.Rule.Unit;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules in English words, without times of day: {@code every 2 weeks on mon, fri}, {@code every! 3 days}, {@code daily}. */
final class RuleWords {

    private static final Pattern COUNTED =
            Pattern.compile("(?:(\\d+|other)\\s+)?(hour|day|week|month|quarter|year)s?(?:\\s+on\\s+(.+))?");
    private static final Pattern ORDINAL = Pattern.compile("(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?");
    private static final Pattern NTH =
            Pattern.compile("(?:the\\s+)?(1st|2nd|3rd|4th|first|second|third|fourth|last) (\\w+)");
    private static final Map<String, String> SHORT =
            Map.of("daily", "every day", "weekly", "every week", "monthly", "every month", "yearly", "every year");

    private RuleWords() {}

    /**
     * Reads them in lower case; null when they are no rule.
     *
     * @param until the last day on which it may come
     */
    static @Nullable Rule parse(String given, @Nullable LocalDate until) {
        var text = SHORT.getOrDefault(given, given);
        boolean after = text.startsWith("every! ") || text.startsWith("ev! ") || text.startsWith("after ");
        if (!after && !text.startsWith("every ") && !text.startsWith("ev ")) {
            return null;
        }
        var rule = rule(text.substring(text.indexOf(' ') + 1));
        return rule == null ? null : rule.counting(after, until);
    }

    private static @Nullable Rule rule(String what) {
        if (what.equals("weekday") || what.equals("workday")) {
            return Rule.every(Unit.WEEK, 1).on(new TreeSet<>(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)));
        }
        var counted = COUNTED.matcher(what);
        if (counted.matches()) {
            var number = counted.group(1);
            int interval = number == null ? 1 : number.equals("other") ? 2 : Integer.parseInt(number);
            if (interval < 1) {
                return null;
            }
            var rule = counted.group(2).equals("quarter")
                    ? Rule.every(Unit.MONTH, 3 * interval)
                    : Rule.every(Unit.valueOf(counted.group(2).toUpperCase(Locale.ROOT)), interval);
            return counted.group(3) == null ? rule : placed(rule, counted.group(3));
        }
        boolean other = what.startsWith("other ");
        var days = weekdays(other ? what.substring(6) : what);
        if (!days.isEmpty()) {
            return Rule.every(Unit.WEEK, other ? 2 : 1).on(days);
        }
        var inMonth = placed(Rule.every(Unit.MONTH, 1), what);
        return inMonth != null ? inMonth : inYear(what);
    }

    /** Where in the week or month. */
    private static @Nullable Rule placed(Rule rule, String where) {
        var days = weekdays(where);
        if (!days.isEmpty()) {
            return rule.unit() == Unit.WEEK ? rule.on(days) : null;
        }
        if (rule.unit() != Unit.MONTH) {
            return null;
        }
        if (where.equals("last day")) {
            return rule.onDays(new TreeSet<>(List.of(31)));
        }
        var nth = NTH.matcher(where);
        var day = nth.matches() ? weekday(nth.group(2)) : null;
        if (day != null) {
            return rule.onNth(which(nth.group(1)), day);
        }
        var ordinals = ordinals(where);
        return ordinals.isEmpty() ? null : rule.onDays(ordinals);
    }

    /** {@code jan 5} or {@code 5 january}. */
    private static @Nullable Rule inYear(String what) {
        var words = what.split(" ");
        if (words.length != 2) {
            return null;
        }
        var first = month(words[0]);
        var month = first != null ? first : month(words[1]);
        var days = ordinals(first != null ? words[1] : words[0]);
        return month == null || days.isEmpty()
                ? null
                : Rule.every(Unit.YEAR, 1).in(month.getValue()).onDays(days);
    }

    private static int which(String word) {
        return switch (word) {
            case "1st", "first" -> 1;
            case "2nd", "second" -> 2;
            case "3rd", "third" -> 3;
            case "4th", "fourth" -> 4;
            default -> -1;
        };
    }

    private static SortedSet<Integer> ordinals(String list) {
        var days = new TreeSet<Integer>();
        for (var word : split(list)) {
            var ordinal = ORDINAL.matcher(word);
            if (!ordinal.matches()) {
                return new TreeSet<>();
            }
            int day = Integer.parseInt(ordinal.group(1));
            if (day < 1 || day > 31) {
                throw new DateTimeException("no month has a day " + day);
            }
            days.add(day);
        }
        return days;
    }

    /** The weekdays of a list; empty when anything else is in it. */
    private static SortedSet<DayOfWeek> weekdays(String list) {
        var days = new TreeSet<DayOfWeek>();
        for (var word : split(list)) {
            var day = weekday(word);
            if (day == null) {
                return new TreeSet<>();
            }
            days.add(day);
        }
        return days;
    }

    private static String[] split(String list) {
        return list.split("\\s*,\\s*(?:and\\s+)?|\\s+and\\s+");
    }

    static @Nullable DayOfWeek weekday(String word) {
        for (var day : DayOfWeek.values()) {
            if (names(day.name(), word)) {
                return day;
            }
        }
        return null;
    }

    private static @Nullable Month month(String word) {
        for (var month : Month.values()) {
            if (names(month.name(), word)) {
                return month;
            }
        }
        return null;
    }

    /** Whole or cut after three to five letters. */
    private static boolean names(String constant, String word) {
        var name = constant.toLowerCase(Locale.ROOT);
        return word.equals(name) || word.length() >= 3 && word.length() <= 5 && name.startsWith(word);
    }
}
