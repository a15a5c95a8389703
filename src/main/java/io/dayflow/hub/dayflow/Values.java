package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plain values of a row. */
final class Values {

    private static final int LENGTH_OF_DATE = 10;

    private Values() {}

    /** The field's text, null where absent or empty. */
    static @Nullable String text(View view, String field) {
        String text = view.text(field);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Sets the field, where there is text for it. */
    static void put(Map<String, JsonNode> row, String field, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            row.put(field, TextNode.valueOf(text));
        }
    }

    /** Only these fields, where they hold text. */
    static TreeMap<String, JsonNode> keep(View view, Collection<String> fields) {
        TreeMap<String, JsonNode> kept = new TreeMap<>();
        view.fields().forEach((field, value) -> {
            if (fields.contains(field) && text(view, field) != null) {
                kept.put(field, value);
            }
        });
        return kept;
    }

    /** A whole number from 0 up to {@code most}, brought into that range; null where there is none. */
    static @Nullable Integer integer(@Nullable JsonNode value, int most) {
        if (value == null || !value.isIntegralNumber()) {
            return null;
        }
        return (int) Math.max(0, Math.min(most, value.longValue()));
    }

    static ArrayNode texts(Collection<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    static ArrayNode canonicalTexts(@Nullable JsonNode values) {
        return texts(new TreeSet<>(list(values)));
    }

    static List<String> list(@Nullable JsonNode values) {
        List<String> texts = new ArrayList<>();
        if (values != null) {
            values.forEach(value -> {
                if (value.isTextual() && !value.textValue().isEmpty()) {
                    texts.add(value.textValue());
                }
            });
        }
        return texts;
    }

    /** What tasks and events hold alike: recurrence and reminder. */
    static void putCommon(Map<String, JsonNode> row, View view) {
        JsonNode recurrence = view.get("recurrence");
        if (recurrence != null && !"none".equals(recurrence.path("type").asText("none"))) {
            row.put("recurrence", canonicalRecurrence(recurrence));
        }
        Integer reminder = integer(view.get("reminder"), Integer.MAX_VALUE);
        if (reminder != null) {
            row.put("reminder", IntNode.valueOf(reminder));
        }
    }

    /** Without what goes without saying: an interval of 1, no end, no days. Of an end that is a timestamp the date counts. */
    private static ObjectNode canonicalRecurrence(JsonNode recurrence) {
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        canonical.set("type", recurrence.path("type"));
        Integer interval = integer(recurrence.path("interval"), Integer.MAX_VALUE);
        if (interval != null && interval > 1) {
            canonical.put("interval", interval);
        }
        String end = Objects.requireNonNullElse(recurrence.path("endDate").textValue(), "");
        if (!end.isEmpty()) {
            canonical.put("endDate", end.substring(0, Math.min(LENGTH_OF_DATE, end.length())));
        }
        TreeSet<Integer> days = new TreeSet<>();
        recurrence.path("daysOfWeek").forEach(day -> days.add(day.asInt()));
        if (!days.isEmpty()) {
            ArrayNode sorted = canonical.putArray("daysOfWeek");
            days.forEach(sorted::add);
        }
        return canonical;
    }
}
