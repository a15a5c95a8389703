package io.dayflow.hub.recurrence;

import io.dayflow.hub.item.When;
import io.dayflow.hub.recurrence.DayflowRecurrence.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the nearest of DayFlow's forms to one rule, and notes on the way what it cannot say. */
final class RuleReader {

    private static final Set<String> SAID =
            Set.of("FREQ", "INTERVAL", "UNTIL", "COUNT", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST", "RSCALE", "SKIP");

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final String rule;
    private final When start;
    private final LocalDate first;
    private boolean exact = true;

    private RuleReader(String rule, When start) {
        this.rule = rule;
        this.start = start;
        this.first = switch (start) {
            case When.Day day -> day.date();
            case When.Floating floating -> floating.dateTime().toLocalDate();
            case When.Zoned zoned -> zoned.dateTime().toLocalDate();
        };
        for (String part : rule.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                        part.substring(equals + 1).strip().toUpperCase(Locale.ROOT));
            }
        }
    }

    static Approximation read(String rule, When start) {
        return new RuleReader(rule, start).read();
    }

    private Approximation read() {
        Type type = type();
        if (type == Type.NONE) {
            return new Approximation(DayflowRecurrence.NONE, false);
        }
        if (!SAID.containsAll(parts.keySet())) {
            exact = false;
        }
        if (!says("RSCALE", "GREGORIAN") || !says("SKIP", "OMIT")) {
            exact = false;
        }
        int interval = interval();
        List<Integer> days = days(type);
        dates(type);
        if (type == Type.WEEKLY && interval > 1 && !days.isEmpty() && !says("WKST", "MO")) {
            exact = false;
        }
        DayflowRecurrence value = new DayflowRecurrence(type, interval, endDate(), days);
        return new Approximation(value, exact);
    }

    private Type type() {
        return switch (parts.getOrDefault("FREQ", "")) {
            case "DAILY" -> Type.DAILY;
            case "WEEKLY" -> Type.WEEKLY;
            case "MONTHLY" -> Type.MONTHLY;
            case "YEARLY" -> Type.YEARLY;
            case "HOURLY", "MINUTELY", "SECONDLY" -> {
                exact = false;
                parts.remove("INTERVAL");
                yield Type.DAILY;
            }
            default -> Type.NONE;
        };
    }

    /** Whether the part is absent or has that value. */
    private boolean says(String part, String value) {
        return parts.getOrDefault(part, value).equals(value);
    }

    private int interval() {
        String text = parts.getOrDefault("INTERVAL", "1");
        if (text.matches("0*[1-9]\\d{0,7}")) {
            return Integer.parseInt(text);
        }
        exact = false;
        return 1;
    }

    /** Days without an ordinal; "the first Monday" is more than DayFlow can say. */
    private List<Integer> days(Type type) {
        List<Integer> days = new ArrayList<>();
        if (parts.containsKey("BYDAY")) {
            for (String name : parts.get("BYDAY").split(",")) {
                int day = Weekdays.number(name);
                if (day >= 0) {
                    days.add(day);
                } else {
                    exact = false;
                }
            }
        }
        boolean limited = parts.containsKey("BYMONTHDAY") || (type == Type.YEARLY && parts.containsKey("BYMONTH"));
        if (!days.isEmpty() && limited) {
            exact = false;
        }
        return days;
    }

    /** Days of the month and months that only repeat what the start says are nothing new. */
    private void dates(Type type) {
        String day = Integer.toString(first.getDayOfMonth());
        String month = Integer.toString(first.getMonthValue());
        boolean repeated = switch (type) {
            case MONTHLY -> says("BYMONTHDAY", day) && !parts.containsKey("BYMONTH");
            case YEARLY ->
                says("BYMONTH", month)
                        && says("BYMONTHDAY", day)
                        && (parts.containsKey("BYMONTH") || !parts.containsKey("BYMONTHDAY"));
            case DAILY, WEEKLY, NONE -> !parts.containsKey("BYMONTHDAY") && !parts.containsKey("BYMONTH");
        };
        if (!repeated) {
            exact = false;
        }
    }

    private @Nullable LocalDate endDate() {
        String until = parts.get("UNTIL");
        Optional<LocalDate> end = until != null
                ? Until.read(until, start)
                : parts.containsKey("COUNT") ? LastOccurrence.of(rule, start) : Optional.empty();
        if (end.isEmpty() && (until != null || parts.containsKey("COUNT"))) {
            exact = false;
        }
        return end.orElse(null);
    }
}
