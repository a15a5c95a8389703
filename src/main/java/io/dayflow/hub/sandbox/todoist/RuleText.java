package io.dayflow.hub.sandbox.todoist;

import io.dayflow.hub.refusal.InvalidRequest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between the service's rules in words and RRULE values, for the calls of the sandbox's own. */
final class RuleText {

    private static final LocalDate ANY_DAY = LocalDate.of(2026, 1, 1);
    private static final String WEEKDAYS = "MO,TU,WE,TH,FR";

    private RuleText() {}

    /** As an RRULE; the words themselves where there is none. */
    static String rrule(String words) {
        var typed = DueText.parse(words, ANY_DAY);
        var rule = typed == null ? null : typed.rule();
        if (rule == null) {
            return words;
        }
        var text = new StringBuilder("FREQ=")
                .append(
                        switch (rule.unit()) {
                            case HOUR -> "HOURLY";
                            case DAY -> "DAILY";
                            case WEEK -> "WEEKLY";
                            case MONTH -> "MONTHLY";
                            case YEAR -> "YEARLY";
                        });
        if (rule.interval() > 1) {
            text.append(";INTERVAL=").append(rule.interval());
        }
        if (rule.until() != null) {
            text.append(";UNTIL=").append(rule.until().toString().replace("-", ""));
        }
        if (rule.month() != null) {
            text.append(";BYMONTH=").append(rule.month());
        }
        if (!rule.days().isEmpty()) {
            text.append(";BYDAY=").append(rule.nth() == null ? "" : rule.nth()).append(days(rule.days()));
        }
        if (!rule.monthDays().isEmpty()) {
            text.append(";BYMONTHDAY=")
                    .append(rule.monthDays().stream()
                            .map(day -> day > 30 && rule.unit() == Rule.Unit.MONTH ? "-1" : day.toString())
                            .collect(Collectors.joining(",")));
        }
        return text.toString();
    }

    /** In words; null for none. Words are taken as they are. */
    static @Nullable String typed(@Nullable String recurrence) {
        if (recurrence == null || recurrence.isBlank()) {
            return null;
        }
        if (!recurrence.contains("FREQ=")) {
            return recurrence.strip();
        }
        var parts = new HashMap<String, String>();
        for (var part : recurrence.replaceFirst("^RRULE:", "").split(";")) {
            var pair = part.split("=", 2);
            parts.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        var unit = switch (parts.getOrDefault("FREQ", "")) {
            case "HOURLY" -> "hour";
            case "DAILY" -> "day";
            case "WEEKLY" -> "week";
            case "MONTHLY" -> "month";
            case "YEARLY" -> "year";
            default -> throw unknown();
        };
        parts.remove("FREQ");
        parts.remove("WKST");
        var interval = parts.remove("INTERVAL");
        var days = parts.remove("BYDAY");
        var monthDay = parts.remove("BYMONTHDAY");
        var until = parts.remove("UNTIL");
        if (!parts.isEmpty() || days != null && !unit.equals("week") || monthDay != null && !unit.equals("month")) {
            throw unknown();
        }
        var words = words(unit, interval == null || interval.equals("1") ? null : interval, days, monthDay);
        return until == null
                ? words
                : words + " until " + until.substring(0, 4) + "-" + until.substring(4, 6) + "-" + until.substring(6, 8);
    }

    private static String words(
            String unit, @Nullable String interval, @Nullable String days, @Nullable String monthDay) {
        var every = interval == null ? "every " + unit : "every " + interval + " " + unit + "s";
        if (days != null) {
            if (interval == null) {
                return WEEKDAYS.equals(days) ? "every weekday" : "every " + names(days);
            }
            return every + " on " + names(days);
        }
        if (monthDay != null) {
            var day = monthDay.equals("-1") ? "31" : monthDay;
            return interval == null ? "every " + day : every + " on " + day;
        }
        return every;
    }

    private static String days(Set<DayOfWeek> days) {
        return days.stream().sorted().map(day -> day.name().substring(0, 2)).collect(Collectors.joining(","));
    }

    private static String names(String days) {
        return Arrays.stream(days.split(","))
                .map(code -> Arrays.stream(DayOfWeek.values())
                        .filter(day -> day.name().startsWith(code) && code.length() == 2)
                        .findFirst()
                        .orElseThrow(RuleText::unknown)
                        .name()
                        .toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static InvalidRequest unknown() {
        return new InvalidRequest(
                "recurrence", "takes a rule that Todoist can say, for example FREQ=WEEKLY;BYDAY=MO or every monday");
    }
}
