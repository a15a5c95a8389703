package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ATTENDEE (RFC 5545 section 3.8.4.1): told apart by address, patched one by one, parameter by parameter. */
final class AttendeesField implements Field {

    private static final String FIELD = "attendees";
    private static final String ATTENDEE = "ATTENDEE";

    private static final Map<String, String> RESPONSES = Map.of(
            "NEEDS-ACTION", "needs_action",
            "ACCEPTED", "accepted",
            "DECLINED", "declined",
            "TENTATIVE", "tentative",
            "DELEGATED", "delegated");

    private static final Map<String, String> ROLES = Map.of(
            "CHAIR", "chair",
            "REQ-PARTICIPANT", "required",
            "OPT-PARTICIPANT", "optional",
            "NON-PARTICIPANT", "non_participant");

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        TreeMap<String, ObjectNode> byEmail = new TreeMap<>();
        for (ContentLine line : component.lines(ATTENDEE)) {
            String email = Address.email(line);
            if (email == null) {
                continue;
            }
            ObjectNode attendee = JsonNodeFactory.instance.objectNode();
            attendee.put("email", email);
            put(attendee, "name", Address.name(line));
            put(attendee, "role", word(ROLES, line.parameter("ROLE")));
            String response = word(RESPONSES, line.parameter("PARTSTAT"));
            attendee.put("response", response == null ? "needs_action" : response);
            byEmail.put(email, attendee);
        }
        if (!byEmail.isEmpty()) {
            view.put(FIELD, JsonNodeFactory.instance.arrayNode().addAll(byEmail.values()));
        }
    }

    private static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static @Nullable String word(Map<String, String> words, @Nullable String word) {
        return word == null ? null : words.get(word.strip().toUpperCase(Locale.ROOT));
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        Map<String, JsonNode> before = byEmail(current);
        Map<String, JsonNode> after = byEmail(desired);
        before.keySet().stream()
                .filter(email -> !after.containsKey(email))
                .forEach(email -> component.removeLines(ATTENDEE, line -> email.equals(Address.email(line))));
        after.forEach((email, attendee) -> {
            JsonNode old = before.get(email);
            if (!attendee.equals(old)) {
                patch(component, email, old, attendee, edit);
            }
        });
    }

    /** Of several properties with one address the last is the one that was read. */
    private static void patch(Component component, String email, @Nullable JsonNode before, JsonNode after, Edit edit) {
        List<ContentLine> lines = component.lines(ATTENDEE).stream()
                .filter(line -> email.equals(Address.email(line)))
                .toList();
        if (lines.isEmpty()) {
            component.add(created(email, after, edit));
            return;
        }
        ContentLine line = lines.getLast();
        if (changed(before, after, "name")) {
            line = line.withParameter(edit.eol(), "CN", text(after, "name"));
        }
        if (changed(before, after, "role")) {
            line = line.withParameter(edit.eol(), "ROLE", parameter(ROLES, text(after, "role")));
        }
        if (changed(before, after, "response")) {
            line = line.withParameter(edit.eol(), "PARTSTAT", parameter(RESPONSES, text(after, "response")));
        }
        component.put(lines.getLast(), line);
    }

    private static ContentLine created(String email, JsonNode attendee, Edit edit) {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "CN", text(attendee, "name"));
        add(parameters, "ROLE", parameter(ROLES, text(attendee, "role")));
        add(parameters, "PARTSTAT", parameter(RESPONSES, text(attendee, "response")));
        return ContentLine.of(edit.eol(), ATTENDEE, parameters, "mailto:" + TextValue.plain(email));
    }

    private static void add(List<Parameter> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(Parameter.of(name, value));
        }
    }

    private static @Nullable String parameter(Map<String, String> words, @Nullable String value) {
        return words.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static boolean changed(@Nullable JsonNode before, JsonNode after, String key) {
        return before == null || !Objects.equals(text(before, key), text(after, key));
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.path(key).textValue();
    }

    private static Map<String, JsonNode> byEmail(View view) {
        Map<String, JsonNode> byEmail = new TreeMap<>();
        JsonNode attendees = view.get(FIELD);
        if (attendees != null) {
            attendees.forEach(
                    attendee -> byEmail.put(attendee.path("email").asText().toLowerCase(Locale.ROOT), attendee));
        }
        return byEmail;
    }
}
