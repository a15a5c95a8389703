package io.dayflow.hub.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.storage.Nul;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Views and other documents as they stand in {@code jsonb} columns. PostgreSQL holds no NUL in them: it is taken out. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    static View view(Kind kind, String json) {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        tree(json).properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return new View(kind, fields);
    }

    static @Nullable String write(@Nullable View view) {
        return view == null ? null : write((Object) node(view));
    }

    /** What a journal entry holds of an item, as one document. */
    static String payload(JournalEntry entry) {
        ObjectNode document = MAPPER.createObjectNode();
        put(document, "before", entry.before());
        put(document, "after", entry.after());
        put(document, "itemBefore", entry.itemBefore());
        put(document, "itemAfter", entry.itemAfter());
        return write((Object) document);
    }

    private static void put(ObjectNode document, String name, @Nullable View view) {
        if (view != null) {
            document.set(name, node(view));
        }
    }

    private static ObjectNode node(View view) {
        ObjectNode node = MAPPER.createObjectNode();
        view.fields().forEach(node::set);
        return node;
    }

    static String write(Object value) {
        try {
            return Nul.outOfJson(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of the hub is no JSON", e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored document of the hub cannot be read", e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored view cannot be read", e);
        }
    }
}
