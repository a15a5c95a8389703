package io.dayflow.hub.recurrence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.When;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recurrence as DayFlow says it. Without recurrence nothing else is said; an interval that is not said is 1.
 *
 * @param interval in units of the type, at least 1
 * @param endDate the last day on which it may take place, in the zone of its start
 * @param daysOfWeek 0 is Sunday, 6 is Saturday; sorted, without duplicates
 */
public record DayflowRecurrence(
        Type type, int interval, @Nullable LocalDate endDate, List<Integer> daysOfWeek) {

    /** No recurrence. */
    public static final DayflowRecurrence NONE = new DayflowRecurrence(Type.NONE, 1, null, List.of());

    /** How often. */
    public enum Type {
        NONE,
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY
    }

    public DayflowRecurrence {
        if (interval < 1) {
            throw new IllegalArgumentException("interval is a number from 1, not " + interval);
        }
        if (daysOfWeek.stream().anyMatch(day -> day < 0 || day > 6)) {
            throw new IllegalArgumentException("daysOfWeek are numbers from 0 (Sunday) to 6, not " + daysOfWeek);
        }
        boolean none = type == Type.NONE;
        interval = none ? 1 : interval;
        endDate = none ? null : endDate;
        daysOfWeek = none ? List.of() : List.copyOf(new TreeSet<>(daysOfWeek));
    }

    /**
     * The nearest form to an RRULE value. Never fails: a rule that makes no sense is no recurrence.
     *
     * @param rrule null for none
     * @param start where the series starts, which says what the rule leaves unsaid
     */
    public static Approximation fromRule(@Nullable String rrule, When start) {
        return rrule == null || rrule.isBlank() ? new Approximation(NONE, true) : RuleReader.read(rrule, start);
    }

    /** The RRULE value that says the same, or empty for none. */
    public Optional<String> toRule(When start) {
        return type == Type.NONE ? Optional.empty() : Optional.of(RuleWriter.write(this, start));
    }

    /**
     * Reads DayFlow's JSON: {@code {"type", "interval"?, "endDate"?, "daysOfWeek"?}}. Of an end that is a timestamp the date
     * counts.
     *
     * @throws IllegalArgumentException with what is accepted
     */
    public static DayflowRecurrence of(@Nullable JsonNode json) {
        if (json == null || json.isNull() || json.isMissingNode() || json.isEmpty()) {
            return NONE;
        }
        String end = json.path("endDate").asText("");
        try {
            return new DayflowRecurrence(
                    type(json.path("type").asText("none")),
                    json.path("interval").asInt(1),
                    end.isEmpty() || end.equals("null")
                            ? null
                            : LocalDate.parse(end.substring(0, Math.min(10, end.length()))),
                    days(json.path("daysOfWeek")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("endDate is a date (2026-03-01), not \"" + end + "\"", e);
        }
    }

    private static Type type(String id) {
        return Arrays.stream(Type.values())
                .filter(type -> id(type).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type is one of "
                        + Arrays.stream(Type.values())
                                .map(DayflowRecurrence::id)
                                .collect(Collectors.joining(", "))
                        + ", not \"" + id + "\""));
    }

    private static String id(Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static List<Integer> days(JsonNode json) {
        List<Integer> days = new ArrayList<>();
        json.forEach(day -> days.add(day.asInt(-1)));
        return days;
    }

    /** DayFlow's JSON; what has its default is left out. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", id(type));
        if (interval > 1) {
            json.put("interval", interval);
        }
        if (endDate != null) {
            json.put("endDate", endDate.toString());
        }
        if (!daysOfWeek.isEmpty()) {
            ArrayNode days = json.putArray("daysOfWeek");
            daysOfWeek.forEach(days::add);
        }
        return json;
    }
}
