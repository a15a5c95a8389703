package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a service makes of the values it is given. Doing it twice changes nothing more. */
final class Habits {

    private static final Set<String> TEXTS = Set.of("title", "notes", "description", "location");

    private Habits() {}

    /** @param before what the object held; null for a new one */
    static View of(Character character, View given, @Nullable View before) {
        TreeMap<String, JsonNode> values = new TreeMap<>(given.fields());
        if (character.habits().contains(Character.Habit.TRIMS)) {
            values.replaceAll((field, value) ->
                    TEXTS.contains(field) ? TextNode.valueOf(value.asText().strip()) : value);
        }
        if (character.habits().contains(Character.Habit.LOWERS_LABELS)) {
            values.replaceAll(
                    (field, value) -> field.equals("labels") || field.equals("categories") ? lower(value) : value);
        }
        if (character.habits().contains(Character.Habit.CUTS_SECONDS)
                || character.coarse() == CoarseLens.Grain.MINUTE) {
            values.replaceAll((field, value) -> field.equals("due") || field.equals("start") || field.equals("end")
                    ? TextNode.valueOf(CoarseLens.cut(value.asText()))
                    : value);
        }
        View view = new View(given.kind(), values);
        return character.habits().contains(Character.Habit.REPEATS) ? repeated(view) : view;
    }

    private static JsonNode lower(JsonNode labels) {
        TreeSet<String> lowered = new TreeSet<>();
        labels.forEach(label -> lowered.add(label.asText().toLowerCase(Locale.ROOT)));
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        lowered.forEach(array::add);
        return array;
    }

    /** A repeating task is never done: its next occurrence is due. */
    private static View repeated(View view) {
        String due = view.text("due");
        if (due == null || view.get("recurrence") == null || !"completed".equals(view.text("status"))) {
            return view;
        }
        When next = switch (When.parse(due)) {
            case When.Day day -> When.of(day.date().plusDays(1));
            case When.Floating floating -> When.of(floating.dateTime().plusDays(1));
            case When.Zoned zoned -> When.of(zoned.dateTime().plusDays(1));
        };
        return view.with("status", TextNode.valueOf("pending"))
                .with("completedAt", null)
                .with("progress", null)
                .with("due", TextNode.valueOf(next.toString()));
    }
}
