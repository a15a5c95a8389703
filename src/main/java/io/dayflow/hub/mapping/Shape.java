package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object in a document's output, read strictly: every refusal names the document and the place, and says what is
 * accepted. After all keys were asked for, {@link #end()} refuses the rest. A null counts as absent.
 */
final class Shape {

    private final Outcome outcome;
    private final String path;
    private final ObjectNode node;
    private final Set<String> asked = new LinkedHashSet<>();
    private int present;

    private Shape(Outcome outcome, String path, ObjectNode node) {
        this.outcome = outcome;
        this.path = path;
        this.node = node;
    }

    /** @param accepted what the output has to be, for the refusal */
    static Shape of(Outcome outcome, String accepted) {
        return of(outcome, "", outcome.value(), accepted);
    }

    /** The elements of an output that is a list of objects. */
    static <T> List<T> list(Outcome outcome, String accepted, Function<Shape, T> each) {
        return list(outcome, "", outcome.value(), accepted, each);
    }

    /** What a value is, for refusals: its type, never its content. */
    static String named(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "null";
            case BINARY, POJO -> "something that is no JSON";
        };
    }

    boolean has(String key) {
        return find(key) != null;
    }

    @Nullable
    JsonNode find(String key) {
        JsonNode value = node.get(key);
        if (asked.add(key) && value != null) {
            present++;
        }
        return value == null || value.isNull() ? null : value;
    }

    String text(String key) {
        String text = textOrNull(key);
        if (text == null) {
            throw wrong(key, "is missing; it takes a text");
        }
        return text;
    }

    /** A text; ids that a service gives as whole numbers are taken as well. */
    @Nullable
    String textOrNull(String key) {
        JsonNode value = find(key);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        if (value.isIntegralNumber()) {
            return value.asText();
        }
        throw wrong(key, "takes a text, not " + named(value));
    }

    /** @param absent what an absent one means */
    boolean flag(String key, boolean absent) {
        JsonNode value = find(key);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw wrong(key, "takes true or false, not " + named(value));
        }
        return value.booleanValue();
    }

    /** A time with its offset, RFC 3339; null where it is absent. */
    @Nullable
    Instant instantOrNull(String key) {
        String text = textOrNull(key);
        if (text == null) {
            return null;
        }
        try {
            if (When.parse(text) instanceof When.Zoned zoned) {
                return zoned.dateTime().toInstant();
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw wrong(key, "takes a time with its offset, for example 2026-03-01T08:00:00Z");
    }

    /** A number; null where it is absent. */
    @Nullable
    Double numberOrNull(String key) {
        JsonNode value = find(key);
        if (value != null && !value.isNumber()) {
            throw wrong(key, "takes a number, not " + named(value));
        }
        return value == null ? null : value.doubleValue();
    }

    String oneOf(String key, List<String> accepted) {
        String text = textOrNull(key);
        if (text == null || !accepted.contains(text)) {
            throw wrong(key, "takes one of " + String.join(", ", accepted) + (text == null ? "" : ", not " + text));
        }
        return text;
    }

    /** Names and texts; empty where it is absent. Nulls in it are left out, numbers and booleans become texts. */
    Map<String, String> texts(String key) {
        JsonNode value = find(key);
        if (value == null) {
            return Map.of();
        }
        Map<String, String> texts = new TreeMap<>();
        object(key, value).properties().forEach(entry -> {
            if (entry.getValue().isContainerNode()) {
                throw wrong(key + "." + entry.getKey(), "takes a text, not " + named(entry.getValue()));
            }
            if (!entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return texts;
    }

    /** Names and their values, several for one name where it has a list; in the document's order, nulls left out. */
    Map<String, List<String>> parameters(String key) {
        JsonNode value = find(key);
        if (value == null) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        object(key, value).properties().forEach(entry -> {
            List<String> values = new ArrayList<>();
            for (JsonNode one : entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue())) {
                if (one.isContainerNode()) {
                    throw wrong(key + "." + entry.getKey(), "takes a text or a list of texts, not " + named(one));
                }
                if (!one.isNull()) {
                    values.add(one.asText());
                }
            }
            parameters.put(entry.getKey(), values);
        });
        return Collections.unmodifiableMap(parameters);
    }

    /** The keys and values of an object. */
    Map<String, JsonNode> values(String key) {
        JsonNode value = find(key);
        if (value == null) {
            throw wrong(key, "is missing; it takes an object");
        }
        Map<String, JsonNode> values = new TreeMap<>();
        object(key, value).properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    Shape section(String key) {
        JsonNode value = find(key);
        if (value == null) {
            throw wrong(key, "is missing; it takes an object");
        }
        return new Shape(outcome, inside(key), object(key, value));
    }

    <T> List<T> list(String key, String accepted, Function<Shape, T> each) {
        JsonNode value = find(key);
        if (value == null) {
            throw wrong(key, "is missing; it takes a list of " + accepted);
        }
        return list(outcome, inside(key), value, "a list of " + accepted, each);
    }

    /** As {@link #list(String, String, Function)}, but empty where it is absent. */
    <T> List<T> listOrNone(String key, String accepted, Function<Shape, T> each) {
        return has(key) ? list(key, accepted, each) : List.of();
    }

    /** Any JSON as compact text; null where it is absent. */
    @Nullable
    String json(String key) {
        JsonNode value = find(key);
        return value == null ? null : value.toString();
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        if (present < node.size()) {
            node.fieldNames().forEachRemaining(name -> {
                if (!asked.contains(name)) {
                    throw wrong(name, "is no key here; accepted are " + String.join(", ", asked));
                }
            });
        }
    }

    MappingFailed wrong(String key, String reason) {
        return outcome.wrong(inside(key), reason);
    }

    Outcome outcome() {
        return outcome;
    }

    private String inside(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private ObjectNode object(String key, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw wrong(key, "takes an object, not " + named(value));
    }

    private static Shape of(Outcome outcome, String path, JsonNode value, String accepted) {
        if (value instanceof ObjectNode object) {
            return new Shape(outcome, path, object);
        }
        throw outcome.wrong(path, "it takes " + accepted + ", not " + named(value));
    }

    private static <T> List<T> list(
            Outcome outcome, String path, JsonNode value, String accepted, Function<Shape, T> each) {
        if (!value.isArray()) {
            throw outcome.wrong(path, "it takes " + accepted + ", not " + named(value));
        }
        List<T> list = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            list.add(each.apply(of(outcome, path + "[" + list.size() + "]", element, "an object")));
        }
        return list;
    }
}
