package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/** Which new items of DayFlow go to a connection. */
public sealed interface ExportNew {

    record None() implements ExportNew {}

    record All() implements ExportNew {}

    /**
     * Those that match every part that is not empty: one of these categories, one of these tags, one of these statuses,
     * one of these priorities. Statuses and priorities say nothing about events.
     */
    record Matching(Set<String> categories, Set<String> tags, Set<String> status, Set<String> priorities)
            implements ExportNew {

        public Matching {
            categories = Set.copyOf(categories);
            tags = Set.copyOf(tags);
            status = Set.copyOf(status);
            priorities = Set.copyOf(priorities);
        }
    }

    /** As the settings show it. */
    default JsonNode json() {
        return switch (this) {
            case None n -> TextNode.valueOf("none");
            case All a -> TextNode.valueOf("all");
            case Matching m -> {
                var node = JsonNodeFactory.instance.objectNode();
                Filters.putTexts(node, "categories", m.categories());
                Filters.putTexts(node, "tags", m.tags());
                Filters.putTexts(node, "status", m.status());
                Filters.putTexts(node, "priorities", m.priorities());
                yield node;
            }
        };
    }
}
