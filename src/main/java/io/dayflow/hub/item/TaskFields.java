package io.dayflow.hub.item;

import static io.dayflow.hub.item.FieldValues.put;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as fields and back, by hand, as {@link EventFields} does it and for the same reason. Reminders are bound by Jackson,
 * and so is whatever is not as {@link #view} tells it.
 */
final class TaskFields {

    private static final Set<String> TEXTS = Set.of(
            "title",
            "notes",
            "status",
            "priority",
            "due",
            "start",
            "completedAt",
            "list",
            "recurrence",
            "parent",
            "url",
            "uid");
    private static final Set<String> LISTS = Set.of("labels", "assignees");
    private static final Set<String> NUMBERS = Set.of("estimate", "progress");
    private static final String REMINDERS = "reminders";
    private static final TypeReference<List<Reminder>> REMINDER_LIST = new TypeReference<>() {};

    private TaskFields() {}

    /** @param json what binds the reminders */
    static View view(Task task, ObjectMapper json) {
        Map<String, JsonNode> fields = new TreeMap<>();
        put(fields, "title", task.title());
        put(fields, "notes", task.notes());
        put(fields, "status", task.status().id());
        put(fields, "priority", task.priority() == null ? null : task.priority().id());
        put(fields, "due", told(task.due()));
        put(fields, "start", told(task.start()));
        put(fields, "completedAt", told(task.completedAt()));
        put(fields, "labels", task.labels());
        put(fields, "list", task.list());
        put(fields, "recurrence", task.recurrence());
        number(fields, "estimate", task.estimate());
        number(fields, "progress", task.progress());
        put(fields, "parent", task.parent());
        put(fields, "assignees", task.assignees());
        put(fields, "url", task.url());
        put(fields, "uid", task.uid());
        if (!task.reminders().isEmpty()) {
            fields.put(REMINDERS, json.valueToTree(task.reminders()));
        }
        return View.of(Kind.TASK, fields);
    }

    /**
     * Reads a task whose fields are texts, whole numbers, lists of texts, or reminders.
     *
     * @param json what binds the reminders
     * @return null where a field is unknown, or is not what {@link #view} would tell
     * @throws IllegalArgumentException if a value is none of its field
     * @throws java.time.DateTimeException if a time is none
     * @throws JsonProcessingException if the reminders cannot be bound
     */
    static @Nullable Task task(View view, ObjectMapper json) throws JsonProcessingException {
        for (Map.Entry<String, JsonNode> field : view.fields().entrySet()) {
            if (!isUsual(field.getKey(), field.getValue())) {
                return null;
            }
        }
        JsonNode reminders = view.get(REMINDERS);
        return new Task(
                FieldValues.text(view, "title", ""),
                view.text("notes"),
                Objects.requireNonNullElse(FieldValues.value(view, "status", Task.Status::of), Task.Status.PENDING),
                FieldValues.value(view, "priority", Task.Priority::of),
                FieldValues.value(view, "due", When::parse),
                FieldValues.value(view, "start", When::parse),
                FieldValues.value(view, "completedAt", Instant::parse),
                FieldValues.list(view, "labels", text -> text),
                view.text("list"),
                view.text("recurrence"),
                reminders == null ? List.of() : json.treeToValue(reminders, REMINDER_LIST),
                number(view, "estimate"),
                number(view, "progress"),
                view.text("parent"),
                FieldValues.list(view, "assignees", text -> text),
                view.text("url"),
                view.text("uid"));
    }

    private static boolean isUsual(String name, JsonNode value) {
        if (TEXTS.contains(name)) {
            return value.isTextual();
        }
        if (NUMBERS.contains(name)) {
            return value.isInt();
        }
        return name.equals(REMINDERS) || (LISTS.contains(name) && FieldValues.isTexts(value));
    }

    private static @Nullable String told(@Nullable Object time) {
        return time == null ? null : time.toString();
    }

    private static void number(Map<String, JsonNode> fields, String name, @Nullable Integer number) {
        if (number != null) {
            fields.put(name, IntNode.valueOf(number));
        }
    }

    private static @Nullable Integer number(View view, String field) {
        JsonNode value = view.get(field);
        return value == null ? null : value.intValue();
    }
}
