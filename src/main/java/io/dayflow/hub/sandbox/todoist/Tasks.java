package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done with tasks. Everything is checked before anything is changed. */
final class Tasks {

    private final Ledger ledger;

    Tasks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Where a task is. */
    private record Place(
            String project,
            @Nullable String section,
            @Nullable String parent) {}

    ObjectNode add(JsonNode args) {
        var place = place(args, ledger.inbox());
        var task = Ledger.object();
        task.put("id", Ledger.newId());
        task.put("user_id", ledger.account());
        put(task, place);
        task.put("added_by_uid", ledger.account());
        task.putNull("assigned_by_uid");
        task.putNull("responsible_uid");
        task.set("labels", JsonNodeFactory.instance.arrayNode());
        task.putNull("deadline");
        task.putNull("duration");
        task.put("checked", false);
        task.put("is_deleted", false);
        task.put("is_collapsed", false);
        task.putNull("completed_at");
        task.putNull("completed_by_uid");
        task.putNull("due");
        task.put("priority", 1);
        task.put("child_order", args.path("child_order").asInt(ledger.order()));
        task.put("day_order", -1);
        task.put("content", Args.content(args));
        task.put("description", "");
        task.put("note_count", 0);
        task.putArray("goal_ids");
        write(task, args);
        var now = ledger.now();
        task.put("added_at", now);
        task.put("updated_at", now);
        ledger.put(Type.ITEM, task);
        ledger.tell("item:added", task, null);
        return task;
    }

    ObjectNode update(String id, JsonNode args) {
        var before = ledger.alive(Type.ITEM, id);
        var after = before.deepCopy();
        if (args.hasNonNull("content")) {
            after.put("content", Args.content(args));
        }
        write(after, args);
        return updated(before, after, "item_updated");
    }

    /** To exactly one of a project, a section and a parent; what is below moves along. */
    ObjectNode move(String id, JsonNode args) {
        var before = ledger.alive(Type.ITEM, id);
        if ((args.hasNonNull("project_id") ? 1 : 0)
                        + (args.hasNonNull("section_id") ? 1 : 0)
                        + (args.hasNonNull("parent_id") ? 1 : 0)
                != 1) {
            throw ApiError.invalid("project_id", "Exactly one of project_id, section_id and parent_id");
        }
        var place = place(args, ledger.inbox());
        var below = below(id);
        if (id.equals(place.parent()) || below.stream().anyMatch(task -> id(task).equals(place.parent()))) {
            throw ApiError.invalid("parent_id", "A task that is not the task itself or below it");
        }
        var after = before.deepCopy();
        put(after, place);
        after.put("child_order", ledger.order());
        for (var task : below) {
            var moved = task.deepCopy();
            put(moved, new Place(place.project(), place.section(), Ledger.text(task, "parent_id")));
            moved.put("updated_at", ledger.now());
            ledger.put(Type.ITEM, moved);
        }
        return updated(before, after, "item_updated");
    }

    /** Deleted it stays known, and what is below with it. Done again, nothing happens. */
    void delete(String id) {
        var task = ledger.get(Type.ITEM, id);
        if (task.path("is_deleted").asBoolean()) {
            return;
        }
        var all = new ArrayList<>(below(id));
        all.addFirst(task);
        for (var each : all) {
            var deleted = each.deepCopy();
            deleted.put("is_deleted", true);
            deleted.put("updated_at", ledger.now());
            ledger.put(Type.ITEM, deleted);
            ledger.tell("item:deleted", deleted, null);
        }
    }

    /** As a tick in the clients: a task that comes back goes to its next date, another one is done with what is below. */
    void close(String id) {
        var task = ledger.alive(Type.ITEM, id);
        if (Due.recurs(task.path("due"))) {
            var next = Due.advance(task.path("due"), userNow());
            if (next != null) {
                var after = task.deepCopy();
                after.set("due", next);
                updated(task, after, "item_completed");
                return;
            }
        }
        complete(id, null);
    }

    /** For good, whatever its due date says. */
    void complete(String id, @Nullable String at) {
        var task = ledger.alive(Type.ITEM, id);
        var all = new ArrayList<>(below(id));
        all.addFirst(task);
        for (var each : all) {
            if (!each.path("checked").asBoolean()) {
                var done = each.deepCopy();
                done.put("checked", true);
                done.put("completed_at", at == null ? ledger.now() : at);
                done.put("completed_by_uid", ledger.account());
                done.put("updated_at", ledger.now());
                ledger.put(Type.ITEM, done);
                ledger.tell("item:completed", done, null);
            }
        }
    }

    /** Open again, at the end of its list, and so is everything it belongs to. */
    ObjectNode reopen(String id) {
        var task = ledger.alive(Type.ITEM, id);
        for (ObjectNode each = task; each != null; each = parent(each)) {
            if (each.path("checked").asBoolean()) {
                var open = each.deepCopy();
                open.put("checked", false);
                open.putNull("completed_at");
                open.putNull("completed_by_uid");
                open.put("child_order", ledger.order());
                open.put("updated_at", ledger.now());
                ledger.put(Type.ITEM, open);
                ledger.tell("item:uncompleted", open, null);
            }
        }
        return ledger.get(Type.ITEM, id);
    }

    /** An occurrence is done, and the client says when the next one is. */
    void reschedule(String id, JsonNode due) {
        var before = ledger.alive(Type.ITEM, id);
        var next = due.isMissingNode() ? Due.advance(before.path("due"), userNow()) : Due.read(due, userNow());
        var after = before.deepCopy();
        after.set("due", next);
        updated(before, after, "item_completed");
    }

    /** Only the order within a list. */
    void reorder(JsonNode items) {
        for (var item : items) {
            var after = ledger.alive(Type.ITEM, Args.required(item, "id")).deepCopy();
            after.put("child_order", item.path("child_order").asInt());
            after.put("updated_at", ledger.now());
            ledger.put(Type.ITEM, after);
        }
    }

    /** Everything below a task that is not deleted. */
    List<ObjectNode> below(String id) {
        var found = new ArrayList<ObjectNode>();
        for (var child : ledger.alive(Type.ITEM)) {
            if (id.equals(Ledger.text(child, "parent_id"))) {
                found.add(child);
                found.addAll(below(id(child)));
            }
        }
        return found;
    }

    private ObjectNode updated(ObjectNode before, ObjectNode after, String intent) {
        after.put("updated_at", ledger.now());
        ledger.put(Type.ITEM, after);
        var extra = Ledger.object();
        extra.set("old_item", before);
        extra.put("update_intent", intent);
        ledger.tell("item:updated", after, extra);
        return after;
    }

    private @Nullable ObjectNode parent(ObjectNode task) {
        var parent = Ledger.text(task, "parent_id");
        return parent == null ? null : ledger.find(Type.ITEM, parent);
    }

    /** Fields that may be written at any time; all of them are read before the first is set. */
    private void write(ObjectNode task, JsonNode args) {
        var fields = Ledger.object();
        if (args.has("description")) {
            fields.put("description", Args.description(args));
        }
        if (args.hasNonNull("priority")) {
            fields.put("priority", Args.priority(args));
        }
        if (args.hasNonNull("labels")) {
            ArrayNode labels = Args.labels(args);
            fields.set("labels", labels);
        }
        if (args.has("due")) {
            fields.set("due", Due.read(args.path("due"), userNow()));
        }
        if (args.has("deadline")) {
            fields.set("deadline", Args.deadline(args));
        }
        if (args.has("duration")) {
            fields.set("duration", Args.duration(args));
        }
        if (args.has("responsible_uid")) {
            fields.set("responsible_uid", args.path("responsible_uid"));
        }
        if (args.path("day_order").isInt()) {
            fields.set("day_order", args.path("day_order"));
        }
        if (args.path("is_collapsed").isBoolean()) {
            fields.set("is_collapsed", args.path("is_collapsed"));
        }
        task.setAll(fields);
    }

    private Place place(JsonNode args, String otherwise) {
        var parent = Ledger.text(args, "parent_id");
        if (parent != null) {
            var above = ledger.alive(Type.ITEM, parent);
            return new Place(above.path("project_id").asText(), Ledger.text(above, "section_id"), parent);
        }
        var section = Ledger.text(args, "section_id");
        if (section != null) {
            return new Place(
                    ledger.alive(Type.SECTION, section).path("project_id").asText(), section, null);
        }
        var project = Ledger.text(args, "project_id");
        return new Place(id(ledger.alive(Type.PROJECT, project == null ? otherwise : project)), null, null);
    }

    private static void put(ObjectNode task, Place place) {
        task.put("project_id", place.project());
        task.put("section_id", place.section());
        task.put("parent_id", place.parent());
    }

    LocalDateTime userNow() {
        return LocalDateTime.ofInstant(ledger.instant(), ledger.zone());
    }

    private static String id(ObjectNode body) {
        return body.path("id").asText();
    }
}
