package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field with a few values, each with its iCalendar word.
 *
 * @param words canonical value by iCalendar word
 * @param other what an unknown word counts as; null for nothing
 */
record ChoiceField(
        String field,
        String property,
        Map<String, String> words,
        @Nullable String other) implements Field {

    static final ChoiceField EVENT_STATUS = new ChoiceField(
            "status",
            "STATUS",
            Map.of("TENTATIVE", "tentative", "CONFIRMED", "confirmed", "CANCELLED", "cancelled"),
            null);

    static final ChoiceField TRANSPARENCY =
            new ChoiceField("transparency", "TRANSP", Map.of("OPAQUE", "opaque", "TRANSPARENT", "transparent"), null);

    /** An unknown class is private (RFC 5545 section 3.8.1.3). */
    static final ChoiceField VISIBILITY = new ChoiceField(
            "visibility",
            "CLASS",
            Map.of("PUBLIC", "public", "PRIVATE", "private", "CONFIDENTIAL", "confidential"),
            "private");

    static final ChoiceField TASK_STATUS = new ChoiceField(
            "status",
            "STATUS",
            Map.of(
                    "NEEDS-ACTION", "pending",
                    "IN-PROCESS", "in_progress",
                    "COMPLETED", "completed",
                    "CANCELLED", "cancelled"),
            null);

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        String word = component.text(property);
        String value = word == null ? null : words.getOrDefault(word.toUpperCase(Locale.ROOT), other);
        if (value != null) {
            view.put(field, TextNode.valueOf(value));
        }
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        String value = desired.text(field);
        if (Objects.equals(current.text(field), value)) {
            return;
        }
        if (value == null) {
            component.removeLines(property);
            return;
        }
        String word = words.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        field + " is one of " + words.values().stream().sorted().toList() + ", not \"" + value + "\""));
        ContentLine old = component.line(property);
        component.put(old, old == null ? edit.line(property, word) : old.with(edit.eol(), word));
    }
}
