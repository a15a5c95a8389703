package io.dayflow.hub.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Single edits of a view that leave it the view of a valid item. */
final class Edits {

    private Edits() {}

    static View one(RandomItems chance, View view, View other) {
        TreeSet<String> names = new TreeSet<>(view.fields().keySet());
        names.addAll(other.fields().keySet());
        names.remove("uid");
        String field = chance.pick(List.copyOf(names));
        JsonNode value = view.get(field);
        JsonNode drawn = other.get(field);
        return switch (field) {
            case "start", "end" -> view.kind() == Kind.EVENT ? time(chance, view, other) : view.with(field, drawn);
            case "status", "completedAt", "progress" ->
                view.kind() == Kind.TASK
                        ? view.overlay(other, List.of("status", "completedAt", "progress"))
                        : view.with(field, drawn);
            case "recurrence" ->
                view.overlay(
                        other,
                        drawn == null ? List.of("recurrence", "rdates", "exdates", "overrides") : List.of(field));
            case "rdates", "exdates" -> view.get("recurrence") == null ? view : view.with(field, drawn);
            case "overrides" -> view.get("recurrence") == null ? view : view.with(field, entries(chance, value, drawn));
            case "labels", "categories", "attendees", "reminders", "assignees" ->
                Item.of(view.with(field, elements(chance, value, drawn))).view();
            case "description", "notes" -> view.with(field, lines(chance, value, drawn));
            default -> view.with(field, drawn);
        };
    }

    /** Moves, shortens or prolongs, or takes another time altogether. */
    private static View time(RandomItems chance, View view, View other) {
        When start = When.parse(view.text("start"));
        When end = When.parse(view.text("end"));
        Duration step = Duration.ofMinutes(15L * (1 + chance.number(8)));
        return switch (chance.number(4)) {
            case 0 -> view.overlay(other, List.of("start", "end"));
            case 1 -> view.with("start", later(start, step)).with("end", later(end, step));
            case 2 -> view.with("end", later(end, step));
            default -> view.with("start", later(start, step.negated()));
        };
    }

    private static TextNode later(When when, Duration step) {
        When moved = switch (when) {
            case When.Day day -> When.of(day.date().plusDays(step.isNegative() ? -1 : 1));
            case When.Floating floating -> When.of(floating.dateTime().plus(step));
            case When.Zoned zoned -> When.of(zoned.dateTime().plus(step));
        };
        return TextNode.valueOf(moved.toString());
    }

    /** Takes elements away and adds drawn ones. */
    private static JsonNode elements(RandomItems chance, JsonNode value, JsonNode drawn) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (value != null) {
            value.forEach(element -> {
                if (chance.chance(70)) array.add(element);
            });
        }
        if (drawn != null) {
            drawn.forEach(element -> {
                if (chance.chance(70)) array.add(element);
            });
        }
        return array;
    }

    private static JsonNode entries(RandomItems chance, JsonNode value, JsonNode drawn) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (value != null) {
            value.properties().forEach(entry -> {
                if (chance.chance(70)) {
                    ObjectNode copy = entry.getValue().deepCopy();
                    object.set(
                            entry.getKey(),
                            chance.chance(50) ? copy.put("location", "room " + chance.number(2)) : copy);
                }
            });
        }
        if (drawn != null) {
            drawn.properties().forEach(entry -> object.set(entry.getKey(), entry.getValue()));
        }
        return object;
    }

    private static JsonNode lines(RandomItems chance, JsonNode value, JsonNode drawn) {
        if (value == null || drawn == null || chance.chance(20)) {
            return drawn;
        }
        List<String> lines = new ArrayList<>(Arrays.asList(value.textValue().split("\n", -1)));
        int at = chance.number(lines.size());
        switch (chance.number(3)) {
            case 0 -> lines.add(at, "added " + chance.number(3));
            case 1 -> lines.set(at, "changed " + chance.number(3));
            default -> lines.remove(at);
        }
        String text = String.join("\n", lines);
        return text.isEmpty() ? drawn : TextNode.valueOf(text);
    }
}
