package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.item.View;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.sync.Planner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows of DayFlow's tables into views. What cannot be read in a row's JSON columns counts as absent. */
final class Rows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> STATUSES =
            Arrays.stream(Task.Status.values()).map(Task.Status::id).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PRIORITIES =
            Arrays.stream(Task.Priority.values()).map(Task.Priority::id).collect(Collectors.toUnmodifiableSet());

    private Rows() {}

    static Planner.Row event(ResultSet row, int n) throws SQLException {
        Map<String, JsonNode> fields = new TreeMap<>();
        text(fields, "title", row.getString("title"));
        text(fields, "description", row.getString("description"));
        instant(fields, "start", row.getTimestamp("start_time"));
        instant(fields, "end", row.getTimestamp("end_time"));
        fields.put("allDay", BooleanNode.valueOf(row.getBoolean("is_all_day")));
        text(fields, "location", row.getString("location"));
        text(fields, "meetingUrl", row.getString("meeting_url"));
        fields.put("attendees", Attendees.canonical(tree(row.getString("attendees"))));
        common(fields, row);
        fields.put("categories", names(row.getString("tag_names")));
        return planned(Kind.EVENT, fields, row);
    }

    static Planner.Row task(ResultSet row, int n) throws SQLException {
        Map<String, JsonNode> fields = new TreeMap<>();
        text(fields, "title", row.getString("title"));
        text(fields, "notes", row.getString("description"));
        oneOf(fields, "status", row.getString("status"), STATUSES);
        oneOf(fields, "priority", row.getString("priority"), PRIORITIES);
        instant(fields, "due", row.getTimestamp("due_date"));
        instant(fields, "start", row.getTimestamp("start_time"));
        instant(fields, "completedAt", row.getTimestamp("completed_at"));
        number(fields, "estimate", row.getObject("estimated_duration", Integer.class));
        int progress = row.getInt("progress");
        number(fields, "progress", progress == 0 ? null : progress);
        common(fields, row);
        fields.put("labels", names(row.getString("tag_names")));
        return planned(Kind.TASK, fields, row);
    }

    private static Planner.Row planned(Kind kind, Map<String, JsonNode> fields, ResultSet row) throws SQLException {
        return new Planner.Row(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                kind,
                View.of(kind, fields),
                row.getTimestamp("updated_at").toInstant());
    }

    private static void common(Map<String, JsonNode> fields, ResultSet row) throws SQLException {
        JsonNode recurrence = tree(row.getString("recurrence"));
        if (recurrence.isObject() && !"none".equals(recurrence.path("type").asText("none"))) {
            fields.put("recurrence", recurrence);
        }
        JsonNode reminder = tree(row.getString("reminder"));
        if (reminder.path("enabled").asBoolean(false)
                && reminder.path("minutesBefore").canConvertToInt()) {
            fields.put(
                    "reminder",
                    IntNode.valueOf(Math.max(0, reminder.path("minutesBefore").asInt())));
        }
        text(fields, "list", row.getString("category_name"));
    }

    private static void text(Map<String, JsonNode> fields, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(name, TextNode.valueOf(value));
        }
    }

    private static void oneOf(Map<String, JsonNode> fields, String name, String value, Set<String> known) {
        if (known.contains(value)) {
            fields.put(name, TextNode.valueOf(value));
        }
    }

    private static void number(Map<String, JsonNode> fields, String name, @Nullable Integer value) {
        if (value != null) {
            fields.put(name, IntNode.valueOf(value));
        }
    }

    private static void instant(Map<String, JsonNode> fields, String name, @Nullable Timestamp value) {
        if (value != null) {
            fields.put(name, TextNode.valueOf(UserClock.text(value.toInstant())));
        }
    }

    private static ArrayNode names(String json) {
        TreeSet<String> sorted = new TreeSet<>();
        tree(json).forEach(name -> sorted.add(name.asText()));
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        sorted.forEach(names::add);
        return names;
    }

    private static JsonNode tree(@Nullable String json) {
        try {
            return json == null ? JsonNodeFactory.instance.nullNode() : JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.nullNode();
        }
    }

    static List<String> strings(@Nullable JsonNode names) {
        TreeSet<String> strings = new TreeSet<>();
        if (names != null) {
            names.forEach(name -> strings.add(Nul.outOf(name.asText())));
        }
        return List.copyOf(strings);
    }
}
