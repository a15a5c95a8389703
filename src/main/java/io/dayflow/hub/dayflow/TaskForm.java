package io.dayflow.hub.dayflow;

import static io.dayflow.hub.dayflow.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.item.Task.Priority;
import io.dayflow.hub.item.Task.Status;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A task as a row of {@code tasks}. Its {@code end_time} and {@code actual_duration} are DayFlow's alone. */
record TaskForm(UserClock clock, RecurrenceForm form) {

    /** A task of which nothing is known. */
    static final Task BLANK = new Task(
            "",
            null,
            Status.PENDING,
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            List.of(),
            null,
            null,
            null,
            List.of(),
            null,
            null);

    private static final List<String> TEXTS = List.of("title", "notes", "list");

    /** Stands for the start of a series that has none. */
    private static final When UNDATED = When.of(LocalDate.EPOCH);

    View project(Task task) {
        TreeMap<String, JsonNode> row = new TreeMap<>();
        Values.put(row, "title", task.title());
        Values.put(row, "notes", task.notes());
        Values.put(row, "list", task.list());
        row.put("status", TextNode.valueOf(task.status().id()));
        row.put("priority", TextNode.valueOf(priority(task).id()));
        put(row, "due", instant(task.due()));
        put(row, "start", instant(task.start()));
        put(row, "completedAt", stamp(task));
        row.put("labels", Values.texts(task.labels()));
        JsonNode recurrence = recurrence(task);
        if (recurrence != null) {
            row.put("recurrence", recurrence);
        }
        put(row, "reminder", anchors(task.due(), task.start()).minutes(task.reminders()));
        put(row, "estimate", task.estimate());
        put(row, "progress", progress(task));
        return new View(Kind.TASK, row);
    }

    View canonical(View view) {
        TreeMap<String, JsonNode> row = Values.keep(view, TEXTS);
        row.put("status", TextNode.valueOf(Objects.requireNonNullElse(text(view, "status"), Status.PENDING.id())));
        row.put("priority", TextNode.valueOf(Objects.requireNonNullElse(text(view, "priority"), Priority.MEDIUM.id())));
        for (String point : List.of("due", "start", "completedAt")) {
            put(row, point, read(view, point));
        }
        row.put("labels", Values.canonicalTexts(view.get("labels")));
        put(row, "estimate", Values.integer(view.get("estimate"), Integer.MAX_VALUE));
        Integer progress = Values.integer(view.get("progress"), 100);
        put(row, "progress", progress == null || progress == 0 ? null : progress);
        Values.putCommon(row, view);
        return new View(Kind.TASK, row);
    }

    Task absorb(Task task, View row) {
        When due = clock.point(task.due(), read(row, "due"));
        When start = clock.point(task.start(), read(row, "start"));
        Instant completedAt = read(row, "completedAt");
        Priority priority = Priority.of(Objects.requireNonNullElse(text(row, "priority"), Priority.MEDIUM.id()));
        Integer progress = integer(row, "progress");
        return new Task(
                Objects.requireNonNullElse(text(row, "title"), ""),
                text(row, "notes"),
                Status.of(Objects.requireNonNullElse(text(row, "status"), Status.PENDING.id())),
                priority == priority(task) ? task.priority() : priority,
                due,
                start,
                Objects.equals(completedAt, stamp(task)) ? task.completedAt() : completedAt,
                Values.list(row.get("labels")),
                text(row, "list"),
                rule(task, row.get("recurrence"), due != null ? due : start),
                Anchors.absorb(
                        task.reminders(),
                        anchors(task.due(), task.start()),
                        anchors(due, start),
                        integer(row, "reminder")),
                integer(row, "estimate"),
                Objects.equals(progress, progress(task)) ? task.progress() : progress,
                task.parent(),
                task.assignees(),
                task.url(),
                task.uid());
    }

    private @Nullable String rule(Task task, @Nullable JsonNode now, @Nullable When start) {
        if (form.agree(now, task.recurrence(), seriesStart(task.anchor()))) {
            return task.recurrence();
        }
        return now == null ? null : form.toRule(now, seriesStart(start));
    }

    private @Nullable JsonNode recurrence(Task task) {
        return task.recurrence() == null ? null : form.toDayflow(task.recurrence(), seriesStart(task.anchor()));
    }

    private static When seriesStart(@Nullable When anchor) {
        return anchor == null ? UNDATED : anchor;
    }

    private static Priority priority(Task task) {
        return task.priority() == null ? Priority.MEDIUM : task.priority();
    }

    private static @Nullable Integer progress(Task task) {
        return task.progress() == null || task.progress() == 0 ? null : task.progress();
    }

    private static @Nullable Instant stamp(Task task) {
        return task.completedAt() == null ? null : task.completedAt().truncatedTo(ChronoUnit.MICROS);
    }

    private @Nullable Instant instant(@Nullable When when) {
        return when == null ? null : clock.instant(when);
    }

    private @Nullable Instant read(View row, String field) {
        String text = row.text(field);
        return text == null ? null : clock.read(text);
    }

    private Anchors anchors(@Nullable When due, @Nullable When start) {
        return Anchors.ofTask(instant(due), instant(start));
    }

    private static @Nullable Integer integer(View row, String field) {
        JsonNode value = row.get(field);
        return value == null ? null : value.intValue();
    }

    private static void put(Map<String, JsonNode> row, String field, @Nullable Instant value) {
        if (value != null) {
            row.put(field, TextNode.valueOf(UserClock.text(value)));
        }
    }

    private static void put(Map<String, JsonNode> row, String field, @Nullable Integer value) {
        if (value != null) {
            row.put(field, IntNode.valueOf(value));
        }
    }
}
