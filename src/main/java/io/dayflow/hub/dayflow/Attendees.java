package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Attendee;
import io.dayflow.hub.item.Attendee.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Attendees as DayFlow holds them: an address, perhaps a name, and one of three answers. */
final class Attendees {

    private Attendees() {}

    static ArrayNode project(List<Attendee> attendees) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        attendees.forEach(attendee -> array.add(project(attendee)));
        return array;
    }

    private static ObjectNode project(Attendee attendee) {
        return node(attendee.email(), attendee.name(), status(attendee.response()));
    }

    /** Sorted by address, each once, the last one given. Entries without an address are nobody. */
    static ArrayNode canonical(@Nullable JsonNode rows) {
        TreeMap<String, ObjectNode> byEmail = new TreeMap<>();
        if (rows != null) {
            rows.forEach(row -> {
                String email = row.path("email").asText("").toLowerCase(Locale.ROOT);
                if (!email.isEmpty()) {
                    byEmail.put(email, node(email, row.path("name").textValue(), canonicalStatus(row)));
                }
            });
        }
        return JsonNodeFactory.instance.arrayNode().addAll(byEmail.values());
    }

    /** The attendees of a canonical row; who is told unchanged keeps role and response. */
    static List<Attendee> absorb(List<Attendee> before, @Nullable JsonNode rows) {
        Map<String, Attendee> known = before.stream().collect(Collectors.toMap(Attendee::email, Function.identity()));
        List<Attendee> attendees = new ArrayList<>();
        if (rows != null) {
            rows.forEach(row -> attendees.add(absorb(known.get(row.path("email").asText()), row)));
        }
        return attendees;
    }

    private static Attendee absorb(@Nullable Attendee before, JsonNode row) {
        if (before != null && project(before).equals(row)) {
            return before;
        }
        String status = row.path("status").asText();
        Response response =
                before != null && status(before.response()).equals(status) ? before.response() : response(status);
        return new Attendee(
                row.path("email").asText(),
                row.path("name").textValue(),
                before == null ? null : before.role(),
                response);
    }

    private static ObjectNode node(String email, @Nullable String name, String status) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("email", email);
        if (name != null && !name.isEmpty()) {
            node.put("name", name);
        }
        return node.put("status", status);
    }

    private static String status(Response response) {
        return switch (response) {
            case ACCEPTED -> "accepted";
            case DECLINED -> "declined";
            case NEEDS_ACTION, TENTATIVE, DELEGATED -> "pending";
        };
    }

    private static Response response(String status) {
        return switch (status) {
            case "accepted" -> Response.ACCEPTED;
            case "declined" -> Response.DECLINED;
            default -> Response.NEEDS_ACTION;
        };
    }

    private static String canonicalStatus(JsonNode row) {
        return status(response(row.path("status").asText("pending")));
    }
}
