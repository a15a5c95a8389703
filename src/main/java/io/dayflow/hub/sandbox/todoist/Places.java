package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done with projects, sections and labels. */
final class Places {

    private final Ledger ledger;

    Places(Ledger ledger) {
        this.ledger = ledger;
    }

    ObjectNode addProject(JsonNode args) {
        return addProject(args, false);
    }

    ObjectNode addProject(JsonNode args, boolean inbox) {
        var name = Args.required(args, "name");
        var parent = Ledger.text(args, "parent_id");
        if (parent != null) {
            ledger.alive(Type.PROJECT, parent);
        }
        var project = Ledger.object();
        project.put("id", Ledger.newId());
        project.put("can_assign_tasks", false);
        project.put("child_order", inbox ? 0 : ledger.order());
        project.put("color", args.path("color").asText("charcoal"));
        project.put("creator_uid", ledger.account());
        project.put("is_archived", false);
        project.put("is_deleted", false);
        project.put("is_favorite", args.path("is_favorite").asBoolean());
        project.put("is_frozen", false);
        project.put("name", name);
        project.put("view_style", args.path("view_style").asText("list"));
        project.put("default_order", 0);
        project.put("description", args.path("description").asText(""));
        project.put("public_key", Ledger.newId());
        project.put("role", "CREATOR");
        project.put("parent_id", parent);
        project.put("inbox_project", inbox);
        project.put("is_collapsed", false);
        project.put("is_shared", false);
        var now = ledger.now();
        project.put("created_at", now);
        project.put("updated_at", now);
        ledger.put(Type.PROJECT, project);
        ledger.tell("project:added", project, null);
        return project;
    }

    /** With everything in it: its tasks and sections are not known any more. */
    void deleteProject(String id) {
        var project = ledger.alive(Type.PROJECT, id);
        if (project.path("inbox_project").asBoolean()) {
            throw ApiError.invalid("id", "A project other than the inbox");
        }
        for (var child : ledger.alive(Type.PROJECT)) {
            if (id.equals(Ledger.text(child, "parent_id"))) {
                deleteProject(child.path("id").asText());
            }
        }
        for (var type : List.of(Type.ITEM, Type.SECTION)) {
            ledger.all(type)
                    .filter(thing -> thing.path("project_id").asText().equals(id))
                    .map(thing -> thing.path("id").asText())
                    .toList()
                    .forEach(inside -> ledger.remove(type, inside));
        }
        change(Type.PROJECT, project, "deleted", Ledger.object().put("is_deleted", true));
    }

    ObjectNode addSection(JsonNode args) {
        var name = Args.required(args, "name");
        var project = ledger.alive(Type.PROJECT, Args.required(args, "project_id"));
        var section = Ledger.object();
        section.put("id", Ledger.newId());
        section.put("user_id", ledger.account());
        section.put("project_id", project.path("id").asText());
        var now = ledger.now();
        section.put("added_at", now);
        section.put("updated_at", now);
        section.putNull("archived_at");
        section.put("name", name);
        section.put("description", args.path("description").asText(""));
        section.put("section_order", args.path("section_order").asInt(ledger.order()));
        section.put("is_archived", false);
        section.put("is_deleted", false);
        section.put("is_collapsed", false);
        ledger.put(Type.SECTION, section);
        ledger.tell("section:added", section, null);
        return section;
    }

    /** With the tasks in it. */
    void deleteSection(String id) {
        var section = ledger.alive(Type.SECTION, id);
        var tasks = new Tasks(ledger);
        ledger.alive(Type.ITEM).stream()
                .filter(task -> task.path("section_id").asText().equals(id))
                .forEach(task -> tasks.delete(task.path("id").asText()));
        change(Type.SECTION, section, "deleted", Ledger.object().put("is_deleted", true));
    }

    ObjectNode addLabel(JsonNode args) {
        var name = Args.required(args, "name");
        if (ledger.alive(Type.LABEL).stream()
                .anyMatch(label -> label.path("name").asText().equals(name))) {
            throw ApiError.invalid("name", "A name that no label has yet");
        }
        var label = Ledger.object();
        label.put("id", Ledger.newId());
        label.put("name", name);
        label.put("color", args.path("color").asText("charcoal"));
        label.put("order", ledger.order());
        label.put("is_favorite", args.path("is_favorite").asBoolean());
        label.put("is_deleted", false);
        ledger.put(Type.LABEL, label);
        ledger.tell("label:added", event(label), null);
        return label;
    }

    /** Renaming or deleting it rewrites the tasks that carry it. */
    void changeLabel(String id, @Nullable String newName) {
        var label = ledger.alive(Type.LABEL, id);
        var oldName = label.path("name").asText();
        for (var task : ledger.alive(Type.ITEM)) {
            var labels = JsonNodeFactory.instance.arrayNode();
            boolean carries = false;
            for (var name : task.path("labels")) {
                boolean same = name.asText().equals(oldName);
                carries |= same;
                if (!same || newName != null) {
                    labels.add(same ? newName : name.asText());
                }
            }
            if (carries) {
                var after = task.deepCopy();
                after.set("labels", labels);
                after.put("updated_at", ledger.now());
                ledger.put(Type.ITEM, after);
            }
        }
        var after = label.deepCopy();
        if (newName == null) {
            after.put("is_deleted", true);
        } else {
            after.put("name", newName);
        }
        ledger.put(Type.LABEL, after);
        ledger.tell(newName == null ? "label:deleted" : "label:updated", event(after), null);
    }

    /** Name, colour, description and so on, as far as they are given. */
    ObjectNode update(Type type, String id, JsonNode args) {
        var before = ledger.alive(type, id);
        var fields = Ledger.object();
        if (args.hasNonNull("name")) {
            fields.put("name", Args.required(args, "name"));
        }
        for (var field : List.of("color", "description", "view_style", "is_favorite", "is_collapsed")) {
            if (args.hasNonNull(field) && before.has(field)) {
                fields.set(field, args.path(field));
            }
        }
        return change(type, before, "updated", fields);
    }

    void archive(Type type, String id, boolean archived) {
        var fields = Ledger.object().put("is_archived", archived);
        if (type == Type.SECTION) {
            fields.put("archived_at", archived ? ledger.now() : null);
        }
        change(type, ledger.alive(type, id), archived ? "archived" : "unarchived", fields);
    }

    private ObjectNode change(Type type, ObjectNode before, String what, ObjectNode fields) {
        var after = before.deepCopy();
        after.setAll(fields);
        after.put("updated_at", ledger.now());
        ledger.put(type, after);
        ledger.tell(type.stored() + ":" + what, after, null);
        return after;
    }

    /** Events name a label's order otherwise than answers do. */
    private static ObjectNode event(ObjectNode label) {
        var event = label.deepCopy();
        event.set("item_order", event.remove("order"));
        return event;
    }
}
