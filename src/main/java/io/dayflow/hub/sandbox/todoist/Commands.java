package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a sync request. Each stands for itself: one that fails undoes none of the others. One whose uuid was
 * carried out before is not carried out again, and answered as it was then.
 */
final class Commands {

    static final int MOST = 100;

    private static final List<String> IDS = List.of("id", "project_id", "section_id", "parent_id");

    private final Ledger ledger;
    private final Tasks tasks;
    private final Places places;
    private final ObjectNode status = Ledger.object();
    private final ObjectNode mapping = Ledger.object();
    private final Map<String, String> made = new HashMap<>();

    Commands(Ledger ledger) {
        this.ledger = ledger;
        this.tasks = new Tasks(ledger);
        this.places = new Places(ledger);
    }

    void run(JsonNode commands) {
        if (!commands.isArray()) {
            throw ApiError.invalid("commands", "A list of commands");
        }
        if (commands.size() > MOST) {
            throw ApiError.invalid("commands", "At most " + MOST + " commands");
        }
        for (var command : commands) {
            var uuid = Args.required(command, "uuid");
            try {
                once(uuid, command);
                status.put(uuid, "ok");
            } catch (ApiError refused) {
                status.set(uuid, refused.body());
            }
        }
    }

    /** The outcome by uuid: {@code ok} or an error. */
    ObjectNode status() {
        return status;
    }

    /** The ids of new objects by the names that the client gave them. */
    ObjectNode mapping() {
        return mapping;
    }

    private void once(String uuid, JsonNode command) {
        var before = ledger.find(Type.COMMAND, uuid);
        var temp = Ledger.text(command, "temp_id");
        String id;
        if (before == null) {
            var args = resolved(command.path("args"));
            id = run(Args.required(command, "type"), args);
            ledger.put(Type.COMMAND, uuid, Ledger.object().put("temp_id", temp).put("id", id));
        } else {
            id = Ledger.text(before, "id");
            temp = Ledger.text(before, "temp_id");
        }
        if (temp != null && id != null) {
            mapping.put(temp, id);
            made.put(temp, id);
        }
    }

    private ObjectNode resolved(JsonNode args) {
        if (!args.isObject()) {
            throw ApiError.missing("args");
        }
        ObjectNode resolved = args.deepCopy();
        for (var field : IDS) {
            var id = Ledger.text(args, field);
            if (id != null) {
                resolved.put(field, made.getOrDefault(id, id));
            }
        }
        return resolved;
    }

    /** The id of what was made, or null. */
    private @Nullable String run(String type, ObjectNode args) {
        return switch (type) {
            case "item_add" -> id(tasks.add(args));
            case "project_add" -> id(places.addProject(args));
            case "section_add" -> id(places.addSection(args));
            case "label_add" -> id(places.addLabel(args));
            default -> {
                change(type, args);
                yield null;
            }
        };
    }

    private void change(String type, ObjectNode args) {
        if (type.equals("item_reorder")) {
            tasks.reorder(args.path("items"));
            return;
        }
        var id = type.contains("_") ? Args.required(args, "id") : "";
        switch (type) {
            case "item_update" -> tasks.update(id, args);
            case "item_move" -> tasks.move(id, args);
            case "item_delete" -> tasks.delete(id);
            case "item_close" -> tasks.close(id);
            case "item_complete" -> tasks.complete(id, completedAt(args));
            case "item_uncomplete" -> tasks.reopen(id);
            case "item_update_date_complete" -> tasks.reschedule(id, args.path("due"));
            case "project_update" -> places.update(Type.PROJECT, id, args);
            case "project_delete" -> places.deleteProject(id);
            case "project_archive" -> places.archive(Type.PROJECT, id, true);
            case "project_unarchive" -> places.archive(Type.PROJECT, id, false);
            case "section_update" -> places.update(Type.SECTION, id, args);
            case "section_delete" -> places.deleteSection(id);
            case "section_archive" -> places.archive(Type.SECTION, id, true);
            case "section_unarchive" -> places.archive(Type.SECTION, id, false);
            case "label_update" -> places.changeLabel(id, Args.required(args, "name"));
            case "label_delete" -> places.changeLabel(id, null);
            default -> throw ApiError.invalid("type", "A command that exists, not " + type);
        }
    }

    /** The documentation and the official client name it differently. */
    private static @Nullable String completedAt(JsonNode args) {
        var date = Ledger.text(args, "date_completed");
        var given = date != null ? date : Ledger.text(args, "completed_at");
        try {
            return given == null ? null : Ledger.time(Instant.parse(given));
        } catch (DateTimeException e) {
            throw ApiError.invalid("date_completed", "A time such as 2026-03-01T09:00:00Z");
        }
    }

    private static String id(ObjectNode body) {
        return body.path("id").asText();
    }
}
