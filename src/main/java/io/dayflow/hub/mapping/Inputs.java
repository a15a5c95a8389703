package io.dayflow.hub.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.call.Answer;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Push;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What travels through routes, as JSON for documents. Pure. */
public final class Inputs {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private Inputs() {}

    /**
     * A message's body: JSON as it is, an answer's or object's JSON parsed, a push as an object, ids as a list; null for
     * anything else.
     *
     * @throws MalformedJson if an answer, or an object as fetched, holds no JSON
     */
    public static JsonNode of(@Nullable Object body) {
        return switch (body) {
            case null -> NullNode.getInstance();
            case JsonNode json -> json;
            case Answer answer -> answer(answer);
            case Fetched fetched -> fetched.payload() == null ? NullNode.getInstance() : parse(fetched.payload());
            case Push push -> push(push);
            case List<?> list -> list(list);
            case String text -> textOrNull(text);
            case byte[] bytes -> bytes.length == 0 ? NullNode.getInstance() : parse(bytes);
            default -> NullNode.getInstance();
        };
    }

    /** An answer's status and headers, by lower-case name. */
    public static ObjectNode meta(Answer answer) {
        ObjectNode meta = JSON.objectNode().put("status", answer.status());
        meta.set("headers", texts(answer.headers()));
        return meta;
    }

    public static ObjectNode connection(ConnectionRef connection) {
        ObjectNode node = JSON.objectNode()
                .put("id", connection.id().toString())
                .put("provider", connection.provider())
                .put("account", connection.account())
                .put("address", connection.address());
        node.set("endpoints", texts(connection.endpoints()));
        return node;
    }

    public static ObjectNode collection(CollectionRef collection) {
        ObjectNode node = JSON.objectNode()
                .put("id", collection.id().toString())
                .put("externalId", collection.externalId())
                .put("kind", collection.kind().id())
                .put("name", collection.name());
        node.set("attributes", texts(collection.attributes()));
        return node.put("cursor", collection.cursor());
    }

    /** The fields of a view, by their canonical names. */
    public static ObjectNode view(View view) {
        ObjectNode node = JSON.objectNode();
        view.fields().forEach(node::set);
        return node;
    }

    private static ObjectNode push(Push push) {
        ObjectNode node = JSON.objectNode()
                .put("itemId", push.itemId().toString())
                .put("kind", push.kind().id())
                .put("externalId", push.externalId())
                .put("part", push.part())
                .put("version", push.version());
        node.set("base", push.base() == null ? NullNode.getInstance() : view(push.base()));
        node.set("desired", push.desired() == null ? NullNode.getInstance() : view(push.desired()));
        node.put("payload", push.payload());
        node.set("changed", changed(push));
        return node.put("uid", push.uid());
    }

    /** The fields in which the view to hold differs from the one last agreed on, each with the value true. */
    private static ObjectNode changed(Push push) {
        Map<String, JsonNode> base =
                push.base() == null ? Map.of() : push.base().fields();
        Map<String, JsonNode> desired =
                push.desired() == null ? Map.of() : push.desired().fields();
        ObjectNode changed = JSON.objectNode();
        desired.forEach((field, value) -> {
            if (!value.equals(base.get(field))) {
                changed.put(field, true);
            }
        });
        base.forEach((field, value) -> {
            if (!desired.containsKey(field)) {
                changed.put(field, true);
            }
        });
        return changed;
    }

    private static JsonNode answer(Answer answer) {
        byte[] body = answer.body();
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return parse(body);
            }
        }
        return NullNode.getInstance();
    }

    private static JsonNode list(List<?> list) {
        ArrayNode node = JSON.arrayNode(list.size());
        list.forEach(element -> node.add(element instanceof String text ? JSON.textNode(text) : of(element)));
        return node;
    }

    private static ObjectNode texts(Map<String, String> texts) {
        ObjectNode node = JSON.objectNode();
        texts.forEach(node::put);
        return node;
    }

    private static JsonNode textOrNull(String text) {
        try {
            return text.isBlank() ? NullNode.getInstance() : READER.readTree(text);
        } catch (JsonProcessingException e) {
            return NullNode.getInstance();
        }
    }

    private static JsonNode parse(String text) {
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return READER.readTree(body);
        } catch (IOException e) {
            throw new MalformedJson(e);
        }
    }
}
