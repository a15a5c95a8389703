package io.dayflow.hub.item;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of an item that one side can hold, as that side would hold it: fields by their canonical names, one JSON value
 * each. An absent field is not in the map; there are no nulls, empty lists or empty objects.
 */
public record View(Kind kind, SortedMap<String, JsonNode> fields) {

    public View {
        TreeMap<String, JsonNode> copy = new TreeMap<>(fields);
        copy.values().removeIf(View::isAbsent);
        fields = Collections.unmodifiableSortedMap(copy);
    }

    /** A view without any field. */
    public static View empty(Kind kind) {
        return new View(kind, Collections.emptySortedMap());
    }

    public static View of(Kind kind, Map<String, JsonNode> fields) {
        return new View(kind, fields instanceof SortedMap<String, JsonNode> sorted ? sorted : new TreeMap<>(fields));
    }

    /** The field's value, or null where it is absent. */
    public @Nullable JsonNode get(String field) {
        return fields.get(field);
    }

    /** The field's text, or null where it is absent or no text. */
    public @Nullable String text(String field) {
        JsonNode value = fields.get(field);
        return value == null || !value.isTextual() ? null : value.textValue();
    }

    /** This view with one field set, or taken away where {@code value} is null. */
    public View with(String field, @Nullable JsonNode value) {
        TreeMap<String, JsonNode> copy = new TreeMap<>(fields);
        if (value == null) {
            copy.remove(field);
        } else {
            copy.put(field, value);
        }
        return new View(kind, copy);
    }

    /** Only the named fields. */
    public View only(Collection<String> names) {
        TreeMap<String, JsonNode> copy = new TreeMap<>(fields);
        copy.keySet().retainAll(names);
        return new View(kind, copy);
    }

    /** This view with the named fields taken from {@code other}, absent ones included. */
    public View overlay(View other, Collection<String> names) {
        TreeMap<String, JsonNode> copy = new TreeMap<>(fields);
        copy.keySet().removeAll(names);
        names.forEach(name -> {
            JsonNode value = other.get(name);
            if (value != null) {
                copy.put(name, value);
            }
        });
        return new View(kind, copy);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isNull() || value.isMissingNode() || (value.isContainerNode() && value.isEmpty());
    }
}
