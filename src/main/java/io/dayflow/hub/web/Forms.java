package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.EventRow;
import io.dayflow.hub.dayflow.Repeat;
import io.dayflow.hub.dayflow.TaskRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as they stand in forms: each field as the text of its input. */
final class Forms {

    private Forms() {}

    static Map<String, String> of(TaskRow row, ZoneId zone) {
        var form = new LinkedHashMap<String, String>();
        form.put("title", row.title());
        form.put("notes", text(row.notes()));
        form.put("status", row.status());
        form.put("priority", row.priority());
        form.put("dueDate", row.due() == null ? "" : date(row.due(), zone));
        form.put("dueTime", row.due() == null || row.dueOnDay() ? "" : time(row.due(), zone));
        common(form, row.category(), row.tags(), row.repeat(), row.reminder());
        return form;
    }

    static Map<String, String> of(EventRow row, ZoneId zone) {
        var form = new LinkedHashMap<String, String>();
        form.put("title", row.title());
        form.put("description", text(row.description()));
        form.put("allDay", row.allDay() ? "true" : "");
        form.put("startDate", row.firstDay().toString());
        form.put(
                "endDate",
                (row.allDay() ? row.lastDay() : row.end().atZone(zone).toLocalDate()).toString());
        form.put("startTime", row.allDay() ? "" : time(row.start(), zone));
        form.put("endTime", row.allDay() ? "" : time(row.end(), zone));
        form.put("location", text(row.location()));
        form.put("meetingUrl", text(row.meetingUrl()));
        common(form, row.category(), row.tags(), row.repeat(), row.reminder());
        return form;
    }

    private static void common(
            Map<String, String> form,
            @Nullable String category,
            Iterable<String> tags,
            @Nullable Repeat repeat,
            @Nullable Integer reminder) {
        form.put("category", text(category));
        form.put("tags", String.join(", ", tags));
        form.put("repeat", repeat == null ? "none" : repeat.type());
        form.put("repeatEvery", repeat == null ? "1" : Integer.toString(repeat.interval()));
        form.put(
                "repeatUntil",
                repeat == null || repeat.until() == null ? "" : repeat.until().toString());
        form.put("reminder", reminder == null ? "" : reminder.toString());
    }

    static Map<String, String> newTask() {
        var form = new LinkedHashMap<String, String>();
        form.put("status", "pending");
        form.put("priority", "medium");
        form.put("repeat", "none");
        form.put("repeatEvery", "1");
        return form;
    }

    /** An hour long, from the next full hour of today, or in the morning of another day. */
    static Map<String, String> newEvent(LocalDate day, ZonedDateTime now) {
        var start = day.equals(now.toLocalDate()) && now.getHour() < 22
                ? now.toLocalTime().truncatedTo(ChronoUnit.HOURS).plusHours(1)
                : LocalTime.of(9, 0);
        var form = new LinkedHashMap<String, String>();
        form.put("startDate", day.toString());
        form.put("startTime", start.toString());
        form.put("endDate", day.toString());
        form.put("endTime", start.plusHours(1).toString());
        form.put("repeat", "none");
        form.put("repeatEvery", "1");
        return form;
    }

    /** What another reader now has of a form that was typed into: the fields that differ, as they are now. */
    static Map<String, String> differing(Map<String, String> typed, Map<String, String> now) {
        var differing = new LinkedHashMap<String, String>();
        now.forEach((field, value) -> {
            if (!typed.getOrDefault(field, "").replace("\r\n", "\n").equals(value.replace("\r\n", "\n"))) {
                differing.put(field, value);
            }
        });
        return differing;
    }

    private static String date(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate().toString();
    }

    private static String time(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
