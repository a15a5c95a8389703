package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How often a row repeats, as DayFlow's column says it.
 *
 * @param type {@code daily}, {@code weekly}, {@code monthly} or {@code yearly}
 * @param interval in units of the type, at least 1
 * @param until the last day on which it may take place; null: no end
 * @param days of the week, Monday is 1, for a weekly one; empty: the day of its start
 */
public record Repeat(String type, int interval, @Nullable LocalDate until, Set<DayOfWeek> days) {

    /** The types that there are. */
    static final List<String> TYPES = List.of("daily", "weekly", "monthly", "yearly");

    private static final int LENGTH_OF_DATE = 10;

    public Repeat {
        days = Set.copyOf(days);
    }

    /** What the column holds; null for no repetition, and for what makes no sense. */
    static @Nullable Repeat of(@Nullable JsonNode column) {
        var type = column == null ? "" : column.path("type").asText("");
        if (column == null || !TYPES.contains(type)) {
            return null;
        }
        var days = new TreeSet<DayOfWeek>();
        column.path("daysOfWeek").forEach(day -> {
            if (day.canConvertToInt() && day.intValue() >= 0 && day.intValue() <= 6) {
                // DayFlow counts from Sunday.
                days.add(day.intValue() == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day.intValue()));
            }
        });
        return new Repeat(type, Math.max(1, column.path("interval").asInt(1)), date(column.path("endDate")), days);
    }

    private static @Nullable LocalDate date(JsonNode value) {
        var text = value.asText("");
        try {
            return text.length() < LENGTH_OF_DATE ? null : LocalDate.parse(text.substring(0, LENGTH_OF_DATE));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** As the column holds it. */
    static ObjectNode column(@Nullable Repeat repeat) {
        var column = JsonNodeFactory.instance.objectNode();
        if (repeat == null) {
            return column.put("type", "none");
        }
        column.put("type", repeat.type);
        if (repeat.interval > 1) {
            column.put("interval", repeat.interval);
        }
        if (repeat.until != null) {
            column.put("endDate", repeat.until.toString());
        }
        if (!repeat.days.isEmpty()) {
            var days = column.putArray("daysOfWeek");
            repeat.days.stream().map(day -> day.getValue() % 7).sorted().forEach(days::add);
        }
        return column;
    }

    /** The days from {@code from} to {@code to}, both included, on which something that starts at {@code start} begins. */
    List<LocalDate> between(LocalDate start, LocalDate from, LocalDate to) {
        var found = new ArrayList<LocalDate>();
        var first = from.isBefore(start) ? start : from;
        var last = until != null && until.isBefore(to) ? until : to;
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (begins(start, day)) {
                found.add(day);
            }
        }
        return found;
    }

    private boolean begins(LocalDate start, LocalDate day) {
        return switch (type) {
            case "daily" -> ChronoUnit.DAYS.between(start, day) % interval == 0;
            case "weekly" ->
                (days.isEmpty() ? day.getDayOfWeek() == start.getDayOfWeek() : days.contains(day.getDayOfWeek()))
                        && ChronoUnit.WEEKS.between(monday(start), monday(day)) % interval == 0;
            case "monthly" ->
                day.getDayOfMonth() == start.getDayOfMonth()
                        && ChronoUnit.MONTHS.between(start.withDayOfMonth(1), day.withDayOfMonth(1)) % interval == 0;
            case "yearly" ->
                day.getDayOfMonth() == start.getDayOfMonth()
                        && day.getMonth() == start.getMonth()
                        && (day.getYear() - start.getYear()) % interval == 0;
            default -> false;
        };
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
