package io.dayflow.hub.sync.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Things as they are read back from PostgreSQL, which holds no NUL. */
final class Nuls {

    private Nuls() {}

    static String outOf(String text) {
        return text.indexOf('\u0000') < 0 ? text : text.replace("\u0000", "");
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : outOf(text);
    }

    static StoredItem outOf(StoredItem item) {
        View view = item.item().view();
        View clean = outOf(view);
        return clean.equals(view)
                ? item
                : new StoredItem(
                        item.id(),
                        item.userId(),
                        Item.of(clean),
                        item.edited(),
                        item.revision(),
                        item.origin(),
                        item.deletedAt());
    }

    static Link outOf(Link link) {
        return new Link(
                link.id(),
                link.itemId(),
                link.connectionId(),
                link.collectionId(),
                outOf(link.externalId()),
                outOf(link.part()),
                orNull(link.version()),
                link.base() == null ? null : outOf(link.base()),
                link.intent() == null ? null : outOf(link.intent()),
                orNull(link.extras()),
                link.verified(),
                link.zone(),
                link.state(),
                link.goneAt(),
                link.pending(),
                link.parkedRevision(),
                link.attempts(),
                link.notBefore(),
                link.deleteAllowed(),
                link.trail(),
                link.quarantinedAt(),
                link.learnt());
    }

    private static View outOf(View view) {
        if (view.fields().values().stream().noneMatch(Nuls::isIn)) {
            return view;
        }
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        view.fields().forEach((name, value) -> fields.put(name, outOf(value)));
        return new View(view.kind(), fields);
    }

    private static boolean isIn(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().indexOf('\u0000') >= 0;
        }
        for (JsonNode part : value) {
            if (isIn(part)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode outOf(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(outOf(value.textValue()));
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(part -> array.add(outOf(part)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(part -> object.set(part.getKey(), outOf(part.getValue())));
            return object;
        }
        return value;
    }
}
