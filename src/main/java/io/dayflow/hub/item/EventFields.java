package io.dayflow.hub.item;

import static io.dayflow.hub.item.FieldValues.put;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events as fields and back, by hand: each event of a first sync is told and read several times, and binding them showed
 * in its profile. What is made of parts (people, reminders, changed occurrences) is bound by Jackson, and so is whatever
 * is not as {@link #view} tells it.
 */
final class EventFields {

    private static final Set<String> SCALARS = Set.of(
            "title",
            "description",
            "start",
            "end",
            "location",
            "meetingUrl",
            "recurrence",
            "rdates",
            "exdates",
            "status",
            "transparency",
            "visibility",
            "categories",
            "colour",
            "url",
            "list",
            "uid");

    private static final Set<String> PARTS = Set.of("organizer", "attendees", "overrides", "reminders");
    private static final TypeReference<Person> PERSON = new TypeReference<>() {};
    private static final TypeReference<List<Attendee>> ATTENDEES = new TypeReference<>() {};
    private static final TypeReference<SortedMap<String, Event.Occurrence>> OVERRIDES = new TypeReference<>() {};
    private static final TypeReference<List<Reminder>> REMINDERS = new TypeReference<>() {};

    private EventFields() {}

    /** @param json what binds the parts */
    static View view(Event event, ObjectMapper json) {
        Map<String, JsonNode> fields = new TreeMap<>();
        put(fields, "title", event.title());
        put(fields, "description", event.description());
        put(fields, "start", event.start().toString());
        put(fields, "end", event.end().toString());
        put(fields, "location", event.location());
        put(fields, "meetingUrl", event.meetingUrl());
        put(fields, "recurrence", event.recurrence());
        put(fields, "rdates", event.rdates());
        put(fields, "exdates", event.exdates());
        put(fields, "status", event.status() == null ? null : event.status().id());
        put(
                fields,
                "transparency",
                event.transparency() == null ? null : event.transparency().id());
        put(
                fields,
                "visibility",
                event.visibility() == null ? null : event.visibility().id());
        put(fields, "categories", event.categories());
        put(fields, "colour", event.colour());
        put(fields, "url", event.url());
        put(fields, "list", event.list());
        put(fields, "uid", event.uid());
        if (event.organizer() != null) {
            fields.put("organizer", json.valueToTree(event.organizer()));
        }
        if (!event.attendees().isEmpty()) {
            fields.put("attendees", json.valueToTree(event.attendees()));
        }
        if (!event.overrides().isEmpty()) {
            fields.put("overrides", json.valueToTree(event.overrides()));
        }
        if (!event.reminders().isEmpty()) {
            fields.put("reminders", json.valueToTree(event.reminders()));
        }
        return View.of(Kind.EVENT, fields);
    }

    /**
     * Reads an event whose fields are texts, lists of texts, or parts.
     *
     * @param json what binds the parts
     * @return null where a field is unknown, or is not what {@link #view} would tell
     * @throws IllegalArgumentException if a value is none of its field
     * @throws JsonProcessingException if a part cannot be bound
     */
    static @Nullable Event event(View view, ObjectMapper json) throws JsonProcessingException {
        for (Map.Entry<String, JsonNode> field : view.fields().entrySet()) {
            if (!isUsual(field.getKey(), field.getValue())) {
                return null;
            }
        }
        String start = view.text("start");
        String end = view.text("end");
        if (start == null || end == null) {
            return null;
        }
        return new Event(
                FieldValues.text(view, "title", ""),
                view.text("description"),
                When.parse(start),
                When.parse(end),
                view.text("location"),
                view.text("meetingUrl"),
                part(view, "organizer", json, PERSON),
                Objects.requireNonNullElse(part(view, "attendees", json, ATTENDEES), List.of()),
                view.text("recurrence"),
                FieldValues.list(view, "rdates", When::parse),
                FieldValues.list(view, "exdates", When::parse),
                Objects.requireNonNullElseGet(part(view, "overrides", json, OVERRIDES), TreeMap::new),
                Objects.requireNonNullElse(part(view, "reminders", json, REMINDERS), List.of()),
                FieldValues.value(view, "status", Event.Status::of),
                FieldValues.value(view, "transparency", Event.Transparency::of),
                FieldValues.value(view, "visibility", Event.Visibility::of),
                FieldValues.list(view, "categories", text -> text),
                view.text("colour"),
                view.text("url"),
                view.text("list"),
                view.text("uid"));
    }

    private static boolean isUsual(String name, JsonNode value) {
        if (!SCALARS.contains(name)) {
            return PARTS.contains(name);
        }
        return name.equals("categories") || name.endsWith("dates") ? FieldValues.isTexts(value) : value.isTextual();
    }

    private static <T> @Nullable T part(View view, String field, ObjectMapper json, TypeReference<T> type)
            throws JsonProcessingException {
        JsonNode value = view.get(field);
        return value == null ? null : json.treeToValue(value, type);
    }
}
