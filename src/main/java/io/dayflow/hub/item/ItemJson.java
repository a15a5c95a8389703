package io.dayflow.hub.item;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.DateTimeException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Items as JSON and back. */
final class ItemJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ItemJson() {}

    static View view(Item item) {
        return switch (item) {
            case Event event -> EventFields.view(event, JSON);
            case Task task -> TaskFields.view(task, JSON);
        };
    }

    /** As Jackson tells it. */
    static View bound(Item item) {
        ObjectNode node = JSON.valueToTree(item);
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return new View(item.kind(), fields);
    }

    static Item item(View view) {
        Item usual = usual(view);
        return usual == null ? bound(view) : usual;
    }

    private static @Nullable Item usual(View view) {
        try {
            return switch (view.kind()) {
                case TASK -> TaskFields.task(view, JSON);
                case EVENT -> EventFields.event(view, JSON);
            };
        } catch (IllegalArgumentException | DateTimeException | JsonProcessingException refused) {
            return null; // Jackson refuses it too, and names the field
        }
    }

    /** As Jackson reads it. */
    static Item bound(View view) {
        ObjectNode node = JSON.createObjectNode();
        view.fields().forEach(node::set);
        try {
            return switch (view.kind()) {
                case TASK -> JSON.treeToValue(node, Task.class);
                case EVENT -> JSON.treeToValue(node, Event.class);
            };
        } catch (JsonMappingException e) {
            throw invalid(view.kind(), e);
        } catch (JsonProcessingException e) {
            throw new InvalidItem("", "no " + view.kind().id() + ": " + e.getOriginalMessage());
        }
    }

    private static InvalidItem invalid(Kind kind, JsonMappingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidItem invalid) {
                return invalid;
            }
        }
        String field = e.getPath().isEmpty()
                ? ""
                : String.valueOf(e.getPath().getFirst().getFieldName());
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = root instanceof IllegalArgumentException && root.getMessage() != null
                ? root.getMessage()
                : "it is no value of that field";
        return new InvalidItem(field, "a " + kind.id() + " cannot hold this \"" + field + "\": " + reason);
    }
}
