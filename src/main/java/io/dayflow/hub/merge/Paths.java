package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a view that merge on their own lie: {@code title} for a plain field, {@code labels/urgent},
 * {@code attendees/<email>}, {@code exdates/<when>}, {@code reminders/<canonical JSON>} for an element of a set, and
 * {@code overrides/<original start>} for an occurrence. In an element's key {@code %} is written {@code %25} and {@code /}
 * is written {@code %2F}.
 */
public final class Paths {

    private static final Set<String> SETS =
            Set.of("labels", "categories", "attendees", "exdates", "rdates", "reminders", "assignees");
    private static final String OVERRIDES = "overrides";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Paths() {}

    /** The view's parts by path. */
    public static SortedMap<String, JsonNode> flatten(View view) {
        TreeMap<String, JsonNode> parts = new TreeMap<>();
        view.fields().forEach((field, value) -> {
            if (SETS.contains(field) && value.isArray()) {
                value.forEach(element -> parts.put(element(field, key(field, element)), element));
            } else if (OVERRIDES.equals(field) && value.isObject()) {
                value.properties().forEach(entry -> parts.put(element(field, entry.getKey()), entry.getValue()));
            } else {
                parts.put(field, value);
            }
        });
        return parts;
    }

    /** The exact inverse of {@link #flatten}: sets come back in the model's own order. */
    public static View unflatten(Kind kind, Map<String, JsonNode> parts) {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        Map<String, SortedMap<String, JsonNode>> elements = new TreeMap<>();
        parts.forEach((path, value) -> {
            String key = key(path);
            if (key == null) {
                fields.put(path, value);
            } else {
                elements.computeIfAbsent(field(path), name -> new TreeMap<>()).put(key, value);
            }
        });
        elements.forEach((field, values) ->
                fields.put(field, OVERRIDES.equals(field) ? object(values) : array(inOrderOfModel(field, values))));
        return new View(kind, fields);
    }

    /** What the view holds at these paths, and nothing else. */
    public static View only(View view, Collection<String> paths) {
        SortedMap<String, JsonNode> parts = flatten(view);
        parts.keySet().retainAll(paths);
        return unflatten(view.kind(), parts);
    }

    /** The name of the field that a path lies in. */
    public static String field(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** The key of the element that a path names, or null for a whole field. */
    public static @Nullable String key(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? null : path.substring(slash + 1).replace("%2F", "/").replace("%25", "%");
    }

    /** The path of one element. */
    public static String element(String field, String key) {
        return field + "/" + key.replace("%", "%25").replace("/", "%2F");
    }

    private static String key(String field, JsonNode element) {
        JsonNode email = "attendees".equals(field) ? element.get("email") : null;
        return email != null && email.isTextual()
                ? email.textValue()
                : element.isTextual() ? element.textValue() : canonical(element).toString();
    }

    private static JsonNode canonical(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        value.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
        return object(sorted);
    }

    private static ObjectNode object(Map<String, JsonNode> values) {
        ObjectNode object = JSON.objectNode();
        values.forEach(object::set);
        return object;
    }

    private static ArrayNode array(List<JsonNode> values) {
        return JSON.arrayNode().addAll(values);
    }

    /** The model sorts reminders by the text of their records, which is not the order of their keys. */
    private static List<JsonNode> inOrderOfModel(String field, SortedMap<String, JsonNode> values) {
        List<JsonNode> elements = new ArrayList<>(values.values());
        if ("reminders".equals(field)) {
            elements.sort(Comparator.comparing(Paths::recordText));
        }
        return elements;
    }

    private static String recordText(JsonNode reminder) {
        return reminder.path("trigger").asText() + ", related=" + constant(reminder.path("related")) + ", action="
                + constant(reminder.path("action")) + "]";
    }

    private static String constant(JsonNode id) {
        return id.isTextual() ? id.textValue().toUpperCase(Locale.ROOT) : "null";
    }
}
