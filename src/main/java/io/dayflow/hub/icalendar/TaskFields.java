package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What only tasks have. */
final class TaskFields {

    private TaskFields() {}

    private static @Nullable Integer number(Component component, String property) {
        String text = component.text(property);
        return text == null || !text.matches("\\d{1,3}") ? null : Integer.valueOf(text);
    }

    private static void put(Component component, String property, @Nullable String value, Edit edit) {
        ContentLine old = component.line(property);
        if (value == null) {
            component.removeLines(property);
        } else {
            component.put(old, old == null ? edit.line(property, value) : old.with(edit.eol(), value));
        }
    }

    /** PRIORITY (RFC 5545 section 3.8.1.9): 1 urgent, 2 to 4 high, 5 medium, 6 to 9 low, 0 and nothing are none. */
    static final class Priority implements Field {

        private static final Map<String, String> NUMBERS =
                Map.of("urgent", "1", "high", "3", "medium", "5", "low", "9");

        @Override
        public void read(Component component, Zones zones, Map<String, JsonNode> view) {
            Integer number = number(component, "PRIORITY");
            if (number != null && number >= 1 && number <= 9) {
                String word = number == 1 ? "urgent" : number <= 4 ? "high" : number == 5 ? "medium" : "low";
                view.put("priority", TextNode.valueOf(word));
            }
        }

        @Override
        public void patch(Component component, View current, View desired, Edit edit) {
            String priority = desired.text("priority");
            if (!Objects.equals(current.text("priority"), priority)) {
                put(component, "PRIORITY", priority == null ? null : NUMBERS.get(priority), edit);
            }
        }
    }

    /** PERCENT-COMPLETE (RFC 5545 section 3.8.1.8). */
    static final class Progress implements Field {

        @Override
        public void read(Component component, Zones zones, Map<String, JsonNode> view) {
            Integer number = number(component, "PERCENT-COMPLETE");
            if (number != null && number <= 100) {
                view.put("progress", IntNode.valueOf(number));
            }
        }

        @Override
        public void patch(Component component, View current, View desired, Edit edit) {
            JsonNode progress = desired.get("progress");
            if (!Objects.equals(current.get("progress"), progress)) {
                put(component, "PERCENT-COMPLETE", progress == null ? null : progress.asText(), edit);
            }
        }
    }

    /** COMPLETED (RFC 5545 section 3.8.2.1), an instant to the second. */
    static final class Completed implements Field {

        @Override
        public void read(Component component, Zones zones, Map<String, JsonNode> view) {
            Instant instant = DateText.instant(component.line("COMPLETED"));
            if (instant != null) {
                view.put("completedAt", TextNode.valueOf(instant.toString()));
            }
        }

        @Override
        public void patch(Component component, View current, View desired, Edit edit) {
            String instant = desired.text("completedAt");
            if (!Objects.equals(current.text("completedAt"), instant)) {
                put(component, "COMPLETED", instant == null ? null : DateText.of(Instant.parse(instant)), edit);
            }
        }
    }

    /** RELATED-TO of type PARENT (RFC 5545 section 3.8.4.5), a UID; read only. */
    static final class Parent implements Field {

        @Override
        public void read(Component component, Zones zones, Map<String, JsonNode> view) {
            component.lines("RELATED-TO").stream()
                    .filter(line -> {
                        String type = line.parameter("RELTYPE");
                        return type == null || type.equalsIgnoreCase("PARENT");
                    })
                    .map(line -> TextValue.unescape(line.value()).strip())
                    .filter(uid -> !uid.isEmpty())
                    .findFirst()
                    .ifPresent(uid -> view.put("parent", TextNode.valueOf(uid)));
        }

        @Override
        public void patch(Component component, View current, View desired, Edit edit) {
            // Another side names parents in its own way, which is no UID here.
        }
    }
}
