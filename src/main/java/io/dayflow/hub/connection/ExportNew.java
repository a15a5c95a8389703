package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Whether a new item of DayFlow goes there by this wish. */
    default boolean wants(Item item) {
        View view = item.view();
        return switch (this) {
            case None none -> false;
            case All all -> true;
            case Matching wanted ->
                matches(wanted.categories(), view.text("list"))
                        && matchesAny(wanted.tags(), view.get(item.kind() == Kind.TASK ? "labels" : "categories"))
                        && (item.kind() == Kind.EVENT || matches(wanted.status(), status(view)))
                        && (item.kind() == Kind.EVENT || matches(wanted.priorities(), view.text("priority")));
        };
    }

    private static String status(View view) {
        String status = view.text("status");
        return status == null ? "pending" : status;
    }

    private static boolean matches(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }

    private static boolean matchesAny(Set<String> wanted, @Nullable JsonNode values) {
        if (wanted.isEmpty()) {
            return true;
        }
        if (values != null) {
            for (JsonNode value : values) {
                if (wanted.contains(value.asText())) {
                    return true;
                }
            }
        }
        return false;
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
