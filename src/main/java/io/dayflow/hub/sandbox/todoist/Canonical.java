package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.When;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The service's tasks in canonical fields and back, written for the sandbox alone. */
final class Canonical {

    private static final Set<String> WRITABLE = Set.of(
            "kind",
            "title",
            "notes",
            "status",
            "priority",
            "due",
            "labels",
            "list",
            "recurrence",
            "estimate",
            "parent");
    private static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");

    private final Ledger ledger;

    Canonical(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What is to be done: the arguments of an add or update, where the task belongs, and whether it is done. */
    record Wish(
            ObjectNode args,
            @Nullable String list,
            @Nullable String parent,
            @Nullable Boolean done) {}

    ObjectNode shown(ObjectNode task) {
        var shown = Ledger.object();
        shown.put("id", task.path("id").asText());
        shown.put("kind", "task");
        shown.put("title", task.path("content").asText());
        var notes = task.path("description").asText();
        shown.put("notes", notes.isEmpty() ? null : notes);
        shown.put("status", task.path("checked").asBoolean() ? "completed" : "pending");
        int priority = task.path("priority").asInt();
        shown.put("priority", priority == 1 ? null : PRIORITIES.get(priority - 1));
        var due = task.path("due");
        shown.put("due", due.isNull() ? null : due(due).toString());
        shown.put("completedAt", Ledger.text(task, "completed_at"));
        shown.set("labels", task.path("labels"));
        var project = ledger.find(Type.PROJECT, task.path("project_id").asText());
        shown.put("list", project == null ? null : project.path("name").asText());
        shown.put(
                "recurrence",
                Due.recurs(due) ? RuleText.rrule(due.path("string").asText()) : null);
        var duration = task.path("duration");
        boolean minutes = duration.path("unit").asText().equals("minute");
        shown.set("estimate", minutes ? duration.path("amount") : shown.nullNode());
        shown.put("parent", Ledger.text(task, "parent_id"));
        shown.put("url", "https://app.todoist.com/app/task/" + task.path("id").asText());
        shown.set("native", task);
        return shown;
    }

    /** @throws InvalidRequest with every field that the service cannot hold */
    Wish wish(ObjectNode fields, JsonNode current) {
        var errors = new ArrayList<FieldError>();
        fields.fieldNames().forEachRemaining(name -> {
            if (!WRITABLE.contains(name)) {
                errors.add(new FieldError(
                        name, "is no field that this service's user writes; those are " + sorted(WRITABLE)));
            }
        });
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        oneOf(fields, "kind", List.of("task"));
        var args = Ledger.object();
        if (fields.has("title")) {
            args.put("content", text(fields, "title"));
        }
        if (fields.has("notes")) {
            var notes = text(fields, "notes");
            args.put("description", notes == null ? "" : notes);
        }
        if (fields.has("priority")) {
            var priority = oneOf(fields, "priority", PRIORITIES);
            args.put("priority", priority == null ? 1 : PRIORITIES.indexOf(priority) + 1);
        }
        if (fields.has("labels")) {
            args.set("labels", fields.path("labels").isNull() ? args.arrayNode() : fields.path("labels"));
        }
        if (fields.has("due") || fields.has("recurrence")) {
            args.set("due", due(fields, current.path("due")));
        }
        if (fields.has("estimate")) {
            var estimate = fields.path("estimate");
            if (!estimate.isNull() && !estimate.isInt()) {
                throw new InvalidRequest("estimate", "takes a number of minutes");
            }
            args.set(
                    "duration",
                    estimate.isNull()
                            ? estimate
                            : Ledger.object().put("amount", estimate.intValue()).put("unit", "minute"));
        }
        var status = oneOf(fields, "status", List.of("pending", "completed"));
        return new Wish(
                args, text(fields, "list"), text(fields, "parent"), status == null ? null : status.equals("completed"));
    }

    /** Due date and rule belong together: what is not given stays, and a date alone keeps the rule. */
    private static JsonNode due(ObjectNode fields, JsonNode current) {
        var rule = fields.has("recurrence")
                ? RuleText.typed(text(fields, "recurrence"))
                : Due.recurs(current) ? current.path("string").asText() : null;
        var given = text(fields, "due");
        if (fields.has("due") && given == null) {
            return fields.nullNode();
        }
        var due = Ledger.object();
        if (rule != null) {
            due.put("string", rule);
        }
        if (given != null) {
            put(due, when(given));
        } else if (current.isObject()) {
            due.set("date", current.path("date"));
            due.set("timezone", current.path("timezone"));
        }
        return due;
    }

    private static void put(ObjectNode due, When when) {
        switch (when) {
            case When.Day day -> due.put("date", day.toString());
            case When.Floating floating -> due.put("date", floating.toString());
            case When.Zoned(ZonedDateTime time) -> {
                due.put("date", time.toInstant().toString());
                if (!time.getZone().equals(ZoneOffset.UTC)) {
                    due.put("timezone", time.getZone().getId());
                }
            }
        }
    }

    private static When when(String text) {
        try {
            return When.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("due", String.valueOf(e.getMessage()));
        }
    }

    private static When due(JsonNode due) {
        var date = due.path("date").asText();
        if (date.length() == 10) {
            return When.parse(date);
        }
        var zone = Due.zone(due);
        var local = Due.local(date, zone);
        return date.endsWith("Z") ? When.of(local.atZone(zone == null ? ZoneOffset.UTC : zone)) : When.of(local);
    }

    private static @Nullable String oneOf(ObjectNode fields, String name, List<String> accepted) {
        var value = text(fields, name);
        if (value != null && !accepted.contains(value.toLowerCase(Locale.ROOT))) {
            throw new InvalidRequest(name, "takes " + String.join(", ", accepted) + " at this service");
        }
        return value;
    }

    private static @Nullable String text(ObjectNode fields, String name) {
        var value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidRequest(name, "takes a text");
        }
        return value.asText();
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
