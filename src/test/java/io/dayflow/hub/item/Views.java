package io.dayflow.hub.item;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.TreeMap;

/** Views and items as tests write them: JSON with single quotes. */
public final class Views {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Views() {}

    public static View event(String json) {
        return of(Kind.EVENT, json);
    }

    public static View task(String json) {
        return of(Kind.TASK, json);
    }

    public static View of(Kind kind, String json) {
        return edited(View.empty(kind), json);
    }

    /** The view with the given fields set. */
    public static View edited(View view, String json) {
        TreeMap<String, JsonNode> fields = new TreeMap<>(view.fields());
        json(json).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new View(view.kind(), fields);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
