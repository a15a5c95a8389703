package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of DayFlow's tables for people. */
record PlannerRows(UserClock clock) {

    static final String TASK = """
            select t.id, t.title, t.description, t.status, t.priority, t.due_date, t.completed_at, t.recurrence, t.reminder,
                   t.updated_at, c.name as category_name,
                   (select jsonb_agg(g.name order by g.name) from public.task_tags tt join public.tags g on g.id = tt.tag_id
                    where tt.task_id = t.id) as tag_names
            from public.tasks t left join public.categories c on c.id = t.category_id
            where t.user_id = :user
            """;

    static final String EVENT = """
            select t.id, t.title, t.description, t.start_time, t.end_time, t.is_all_day, t.location, t.meeting_url,
                   t.attendees, t.recurrence, t.reminder, t.updated_at, c.name as category_name,
                   (select jsonb_agg(g.name order by g.name) from public.event_tags tt join public.tags g on g.id = tt.tag_id
                    where tt.event_id = t.id) as tag_names
            from public.calendar_events t left join public.categories c on c.id = t.category_id
            where t.user_id = :user
            """;

    TaskRow task(ResultSet row, int number) throws SQLException {
        var due = Columns.instantOrNull(row, "due_date");
        return new TaskRow(
                Columns.id(row, "id"),
                row.getString("title"),
                row.getString("description"),
                row.getString("status"),
                row.getString("priority"),
                due,
                due != null && clock.isMidnight(due),
                Columns.instantOrNull(row, "completed_at"),
                row.getString("category_name"),
                names(Columns.jsonOrNull(row, "tag_names")),
                Repeat.of(Columns.jsonOrNull(row, "recurrence")),
                reminder(Columns.jsonOrNull(row, "reminder")),
                Columns.instant(row, "updated_at"));
    }

    EventRow event(ResultSet row, int number) throws SQLException {
        var start = Columns.instant(row, "start_time");
        var end = Columns.instant(row, "end_time");
        return new EventRow(
                Columns.id(row, "id"),
                row.getString("title"),
                row.getString("description"),
                start,
                end,
                row.getBoolean("is_all_day"),
                clock.date(start),
                lastDay(start, end),
                row.getString("location"),
                row.getString("meeting_url"),
                attendees(Columns.jsonOrNull(row, "attendees")),
                row.getString("category_name"),
                names(Columns.jsonOrNull(row, "tag_names")),
                Repeat.of(Columns.jsonOrNull(row, "recurrence")),
                reminder(Columns.jsonOrNull(row, "reminder")),
                Columns.instant(row, "updated_at"));
    }

    /** An end at midnight does not touch the day that begins then. */
    private LocalDate lastDay(Instant start, Instant end) {
        return end.isAfter(start) ? clock.date(end.minusNanos(1)) : clock.date(start);
    }

    private static @Nullable Integer reminder(@Nullable JsonNode column) {
        return column != null
                        && column.path("enabled").asBoolean(false)
                        && column.path("minutesBefore").canConvertToInt()
                ? Math.max(0, column.path("minutesBefore").intValue())
                : null;
    }

    private static List<String> names(@Nullable JsonNode names) {
        var texts = new ArrayList<String>();
        if (names != null) {
            names.forEach(name -> texts.add(name.asText()));
        }
        return texts;
    }

    private static List<String> attendees(@Nullable JsonNode column) {
        var lines = new ArrayList<String>();
        Attendees.canonical(column).forEach(person -> {
            var email = person.path("email").asText();
            var name = person.path("name").asText("");
            lines.add((name.isEmpty() ? email : name + " <" + email + ">") + ", "
                    + person.path("status").asText());
        });
        return lines;
    }
}
