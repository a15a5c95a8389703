package io.dayflow.hub.sandbox.caldav;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.When;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calendar objects in canonical fields and back, written for the sandbox alone. Of a series it knows the series only. */
final class CanonicalObject {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final Map<String, String> EVENT_TEXTS =
            Map.of("title", "SUMMARY", "description", "DESCRIPTION", "location", "LOCATION", "url", "URL");
    private static final Map<String, String> TASK_TEXTS =
            Map.of("title", "SUMMARY", "notes", "DESCRIPTION", "url", "URL");
    private static final Map<String, String> EVENT_STATUS =
            Map.of("tentative", "TENTATIVE", "confirmed", "CONFIRMED", "cancelled", "CANCELLED");
    private static final Map<String, String> TASK_STATUS = Map.of(
            "pending", "NEEDS-ACTION", "in_progress", "IN-PROCESS", "completed", "COMPLETED", "cancelled", "CANCELLED");
    private static final Map<String, String> PRIORITY = Map.of("urgent", "1", "high", "3", "medium", "5", "low", "9");
    private static final Map<String, String> TRANSPARENCY = Map.of("opaque", "OPAQUE", "transparent", "TRANSPARENT");

    private static final Set<String> EVENT_FIELDS = Set.of(
            "kind",
            "title",
            "description",
            "start",
            "end",
            "location",
            "url",
            "status",
            "transparency",
            "categories",
            "recurrence",
            "list");
    private static final Set<String> TASK_FIELDS = Set.of(
            "kind", "title", "notes", "url", "status", "priority", "due", "start", "labels", "recurrence", "list");

    private CanonicalObject() {}

    static ObjectNode shown(IcsText object) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("id", object.text("UID"));
        shown.put("kind", object.isTask() ? "task" : "event");
        (object.isTask() ? TASK_TEXTS : EVENT_TEXTS).forEach((field, name) -> shown.put(field, object.text(name)));
        shown.put("status", word(object, object.isTask() ? TASK_STATUS : EVENT_STATUS, "STATUS"));
        if (object.isTask()) {
            shown.put("priority", word(object, PRIORITY, "PRIORITY"));
            shown.put("due", when(object, "DUE"));
            shown.put("completedAt", when(object, "COMPLETED"));
            object.texts("CATEGORIES").forEach(shown.putArray("labels")::add);
        } else {
            shown.put("end", when(object, "DTEND"));
            shown.put("transparency", word(object, TRANSPARENCY, "TRANSP"));
            object.texts("CATEGORIES").forEach(shown.putArray("categories")::add);
        }
        shown.put("start", when(object, "DTSTART"));
        shown.put("recurrence", object.value("RRULE"));
        return shown;
    }

    /** @throws InvalidRequest with every field that the object cannot hold */
    static void write(IcsText object, ObjectNode fields, Instant now) {
        var known = object.isTask() ? TASK_FIELDS : EVENT_FIELDS;
        var errors = new ArrayList<FieldError>();
        fields.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                errors.add(new FieldError(
                        name,
                        "is no field that this service's user writes; those are "
                                + String.join(", ", known.stream().sorted().toList())));
            }
        });
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        (object.isTask() ? TASK_TEXTS : EVENT_TEXTS).forEach((field, name) -> {
            if (fields.has(field)) {
                object.setText(name, text(fields, field));
            }
        });
        choice(object, fields, "status", object.isTask() ? TASK_STATUS : EVENT_STATUS, "STATUS");
        time(object, fields, "start", "DTSTART");
        labels(object, fields, object.isTask() ? "labels" : "categories");
        if (fields.has("recurrence")) {
            object.set("RRULE", "", text(fields, "recurrence"));
        }
        if (object.isTask()) {
            choice(object, fields, "priority", PRIORITY, "PRIORITY");
            time(object, fields, "due", "DUE");
            boolean done = "COMPLETED".equals(object.value("STATUS"));
            if (fields.has("status")) {
                object.set("COMPLETED", "", done ? stamp(now) : null);
            }
        } else {
            choice(object, fields, "transparency", TRANSPARENCY, "TRANSP");
            time(object, fields, "end", "DTEND");
            if (object.line("DTSTART") == null) {
                throw new InvalidRequest("start", "is needed for an event");
            }
        }
        object.set("LAST-MODIFIED", "", stamp(now));
    }

    static String stamp(Instant time) {
        return LOCAL.format(time.atOffset(ZoneOffset.UTC)) + "Z";
    }

    private static @Nullable String word(IcsText object, Map<String, String> words, String name) {
        var value = object.value(name);
        return words.entrySet().stream()
                .filter(word -> word.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(value == null && name.equals("STATUS") && object.isTask() ? "pending" : null);
    }

    private static void choice(
            IcsText object, ObjectNode fields, String field, Map<String, String> words, String name) {
        if (fields.has(field)) {
            var word = text(fields, field);
            if (word != null && !words.containsKey(word)) {
                throw new InvalidRequest(
                        field,
                        "takes "
                                + String.join(
                                        ", ", words.keySet().stream().sorted().toList()));
            }
            object.set(name, "", word == null ? null : words.get(word));
        }
    }

    private static void labels(IcsText object, ObjectNode fields, String field) {
        if (fields.has(field)) {
            List<String> names = new ArrayList<>();
            var given = fields.path(field);
            if (!given.isNull() && (!given.isArray() || given.valueStream().anyMatch(name -> !name.isTextual()))) {
                throw new InvalidRequest(field, "takes a list of texts");
            }
            given.valueStream().map(JsonNode::asText).forEach(names::add);
            object.setTexts("CATEGORIES", names);
        }
    }

    private static void time(IcsText object, ObjectNode fields, String field, String name) {
        if (!fields.has(field)) {
            return;
        }
        var given = text(fields, field);
        if (given == null) {
            object.set(name, "", null);
            return;
        }
        When when;
        try {
            when = When.parse(given);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(field, String.valueOf(e.getMessage()));
        }
        switch (when) {
            case When.Day(LocalDate date) -> object.set(name, ";VALUE=DATE", DAY.format(date));
            case When.Floating(LocalDateTime time) -> object.set(name, "", LOCAL.format(time));
            case When.Zoned(ZonedDateTime time) -> {
                if (time.getZone() instanceof ZoneOffset) {
                    object.set(name, "", stamp(time.toInstant()));
                } else {
                    object.set(name, ";TZID=" + time.getZone().getId(), LOCAL.format(time));
                }
            }
        }
    }

    private static @Nullable String when(IcsText object, String name) {
        var value = object.value(name);
        var line = object.line(name);
        if (value == null || line == null) {
            return null;
        }
        try {
            if (value.length() == 8) {
                return When.of(LocalDate.parse(value, DAY)).toString();
            }
            var local = LocalDateTime.parse(value.replace("Z", ""), LOCAL);
            if (value.endsWith("Z")) {
                return When.of(local.toInstant(ZoneOffset.UTC)).toString();
            }
            int zone = line.indexOf(";TZID=");
            return zone < 0
                    ? When.of(local).toString()
                    : When.of(local.atZone(ZoneId.of(
                                    line.substring(zone + 6).split("[;:]")[0].replace("\"", ""))))
                            .toString();
        } catch (DateTimeException unusual) {
            return value;
        }
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
}
