package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.View;
import java.util.List;
import java.util.Map;

/**
 * ORGANIZER (RFC 5545 section 3.8.4.3): read, and written into new objects. In one that exists it is never changed, which
 * servers that schedule refuse.
 */
final class OrganizerField implements Field {

    private static final String FIELD = "organizer";
    private static final String ORGANIZER = "ORGANIZER";

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        ContentLine line = component.line(ORGANIZER);
        if (line == null) {
            return;
        }
        String email = Address.email(line);
        String address = email != null ? email : Address.bare(line.value());
        if (address.isEmpty()) {
            return;
        }
        ObjectNode organizer = JsonNodeFactory.instance.objectNode().put("email", address);
        String name = Address.name(line);
        if (name != null) {
            organizer.put("name", name);
        }
        view.put(FIELD, organizer);
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        JsonNode organizer = desired.get(FIELD);
        if (organizer == null || !current.fields().isEmpty()) {
            return;
        }
        String name = organizer.path("name").textValue();
        component.add(ContentLine.of(
                edit.eol(),
                ORGANIZER,
                name == null ? List.of() : List.of(Parameter.of("CN", name)),
                Address.uri(organizer.path("email").asText())));
    }
}
