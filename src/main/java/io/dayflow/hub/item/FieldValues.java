package io.dayflow.hub.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Single values of fields, told and read by hand. What is empty is absent. */
final class FieldValues {

    private FieldValues() {}

    static void put(Map<String, JsonNode> fields, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            fields.put(name, TextNode.valueOf(text));
        }
    }

    static void put(Map<String, JsonNode> fields, String name, Collection<?> values) {
        if (!values.isEmpty()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
            values.forEach(value -> array.add(value.toString()));
            fields.put(name, array);
        }
    }

    static boolean isTexts(JsonNode values) {
        if (!values.isArray()) {
            return false;
        }
        for (JsonNode value : values) {
            if (!value.isTextual()) {
                return false;
            }
        }
        return true;
    }

    static String text(View view, String field, String otherwise) {
        String text = view.text(field);
        return text == null ? otherwise : text;
    }

    static <T> @Nullable T value(View view, String field, Function<String, T> read) {
        String text = view.text(field);
        return text == null ? null : read.apply(text);
    }

    /** @param read takes each text */
    static <T> List<T> list(View view, String field, Function<String, T> read) {
        JsonNode values = view.get(field);
        if (values == null) {
            return List.of();
        }
        List<T> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(read.apply(value.textValue())));
        return list;
    }
}
