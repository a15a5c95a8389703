package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the service's items are taken over; an empty part lets everything pass.
 *
 * @param status of tasks
 * @param priorities of tasks
 * @param tags labels or categories, one of which the item must carry
 * @param start items before this day stay out
 * @param end items after this day stay out
 */
public record Filters(
        Set<String> status,
        Set<String> priorities,
        Set<String> tags,
        @Nullable LocalDate start,
        @Nullable LocalDate end) {

    public static final Filters NONE = new Filters(Set.of(), Set.of(), Set.of(), null, null);

    public Filters {
        status = Set.copyOf(status);
        priorities = Set.copyOf(priorities);
        tags = Set.copyOf(tags);
    }

    ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode();
        putTexts(node, "status", status);
        putTexts(node, "priorities", priorities);
        putTexts(node, "tags", tags);
        if (start != null || end != null) {
            var range = node.putObject("dateRange");
            if (start != null) {
                range.put("start", start.toString());
            }
            if (end != null) {
                range.put("end", end.toString());
            }
        }
        return node;
    }

    static void putTexts(ObjectNode node, String name, Set<String> texts) {
        if (!texts.isEmpty()) {
            var array = node.putArray(name);
            texts.stream().sorted().forEach(array::add);
        }
    }
}
