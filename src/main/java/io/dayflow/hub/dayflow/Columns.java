package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import io.dayflow.hub.storage.Nul;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of a view stand in a table's columns. Category and tags are not among them: they are rows of their own.
 *
 * @param column the column
 * @param type the name of its type in PostgreSQL
 * @param value the column's value for a field that is there, or null for one that is absent
 */
record Columns(String column, String type, BiFunction<View, String, @Nullable Object> value) {

    private static final Map<String, Columns> EVENT = new LinkedHashMap<>();
    private static final Map<String, Columns> TASK = new LinkedHashMap<>();

    static {
        EVENT.put("title", new Columns("title", "text", Columns::textOrEmpty));
        EVENT.put("description", new Columns("description", "text", Columns::text));
        EVENT.put("start", new Columns("start_time", "timestamptz", Columns::instant));
        EVENT.put("end", new Columns("end_time", "timestamptz", Columns::instant));
        EVENT.put("allDay", new Columns("is_all_day", "boolean", Columns::flag));
        EVENT.put("location", new Columns("location", "text", Columns::text));
        EVENT.put("meetingUrl", new Columns("meeting_url", "text", Columns::text));
        EVENT.put("attendees", new Columns("attendees", "jsonb", Columns::list));
        EVENT.put("recurrence", new Columns("recurrence", "jsonb", Columns::recurrence));
        EVENT.put("reminder", new Columns("reminder", "jsonb", Columns::reminder));

        TASK.put("title", new Columns("title", "text", Columns::textOrEmpty));
        TASK.put("notes", new Columns("description", "text", Columns::text));
        TASK.put("status", new Columns("status", "text", (view, field) -> orElse(text(view, field), "pending")));
        TASK.put("priority", new Columns("priority", "text", (view, field) -> orElse(text(view, field), "medium")));
        TASK.put("due", new Columns("due_date", "timestamptz", Columns::instant));
        TASK.put("start", new Columns("start_time", "timestamptz", Columns::instant));
        TASK.put("completedAt", new Columns("completed_at", "timestamptz", Columns::instant));
        TASK.put("estimate", new Columns("estimated_duration", "integer", Columns::number));
        TASK.put("progress", new Columns("progress", "integer", (view, field) -> orElse(number(view, field), 0)));
        TASK.put("recurrence", new Columns("recurrence", "jsonb", Columns::recurrence));
        TASK.put("reminder", new Columns("reminder", "jsonb", Columns::reminder));
    }

    /** By field, in a fixed order. */
    static Map<String, Columns> of(Kind kind) {
        return kind == Kind.EVENT ? EVENT : TASK;
    }

    static String table(Kind kind) {
        return kind == Kind.EVENT ? "public.calendar_events" : "public.tasks";
    }

    /** The field that holds the tags' names. */
    static String tagField(Kind kind) {
        return kind == Kind.EVENT ? "categories" : "labels";
    }

    private static @Nullable Object text(View view, String field) {
        return Nul.outOfOrNull(view.text(field));
    }

    private static Object textOrEmpty(View view, String field) {
        return orElse(text(view, field), "");
    }

    private static @Nullable Object instant(View view, String field) {
        String text = view.text(field);
        return text == null ? null : Timestamp.from(When.parse(text).instantIn(ZoneOffset.UTC));
    }

    private static Object flag(View view, String field) {
        JsonNode value = view.get(field);
        return value != null && value.asBoolean();
    }

    private static @Nullable Object number(View view, String field) {
        JsonNode value = view.get(field);
        return value == null ? null : value.asInt();
    }

    private static Object list(View view, String field) {
        return json(Objects.requireNonNullElseGet(view.get(field), JsonNodeFactory.instance::arrayNode));
    }

    private static Object recurrence(View view, String field) {
        JsonNode value = view.get(field);
        return value == null ? "{\"type\": \"none\"}" : json(value);
    }

    private static Object reminder(View view, String field) {
        JsonNode minutes = view.get(field);
        return minutes == null
                ? "{\"enabled\": false, \"minutesBefore\": 15}"
                : "{\"enabled\": true, \"minutesBefore\": " + minutes.asInt() + "}";
    }

    private static String json(JsonNode value) {
        return Nul.outOfJson(value.toString());
    }

    private static Object orElse(@Nullable Object value, Object otherwise) {
        return value == null ? otherwise : value;
    }
}
