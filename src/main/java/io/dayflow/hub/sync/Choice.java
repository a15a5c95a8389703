package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.merge.Suggestion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A person's choice for the fields of a conflict. */
final class Choice {

    private Choice() {}

    /** {@code ours} with each conflicting path as chosen: the given value, else the winner's. */
    static View apply(View ours, OpenConflict conflict, Suggestion winner, Map<String, Optional<JsonNode>> values) {
        TreeMap<String, JsonNode> parts = new TreeMap<>(Paths.flatten(ours));
        for (OpenConflict.Field field : conflict.fields()) {
            Optional<JsonNode> given = values.get(field.field());
            JsonNode chosen = given != null
                    ? given.orElse(null)
                    : winner == Suggestion.EXTERNAL ? value(field.external()) : value(field.dayflow());
            boolean keepsOurs = given == null && winner == Suggestion.DAYFLOW;
            if (keepsOurs) {
                continue;
            }
            if (chosen == null) {
                parts.remove(field.field());
            } else {
                parts.put(field.field(), chosen);
            }
        }
        return Paths.unflatten(ours.kind(), parts);
    }

    private static @Nullable JsonNode value(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }
}
