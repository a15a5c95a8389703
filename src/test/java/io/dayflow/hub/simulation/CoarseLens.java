package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import io.dayflow.hub.merge.Lens;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A side that holds some of the canonical fields, and times only to some grain. What is finer stays with the item. */
record CoarseLens(Kind kind, Set<String> fields, Grain grain, ZoneId zone) implements Lens {

    private static final Set<String> TIMES = Set.of("due", "start", "end");

    /** How fine times are. */
    enum Grain {
        EXACT,
        MINUTE
    }

    @Override
    public View project(Item item) {
        return coarsened(item.view().only(fields));
    }

    @Override
    public Item absorb(Item item, View view) {
        View held = project(item);
        Set<String> changed = new HashSet<>(fields);
        changed.removeIf(field -> Objects.equals(held.get(field), view.get(field)));
        return changed.isEmpty() ? item : Item.of(item.view().overlay(view, changed));
    }

    @Override
    public Item create(View view) {
        return Item.of(view.only(fields));
    }

    private View coarsened(View view) {
        if (grain == Grain.EXACT) {
            return view;
        }
        TreeMap<String, JsonNode> values = new TreeMap<>(view.fields());
        values.replaceAll((field, value) -> TIMES.contains(field) ? coarsened(value) : value);
        return new View(kind, values);
    }

    private static JsonNode coarsened(JsonNode value) {
        return TextNode.valueOf(cut(value.asText()));
    }

    /** The time without its seconds. */
    static String cut(String text) {
        return switch (When.parse(text)) {
            case When.Day day -> text;
            case When.Floating floating ->
                When.of(floating.dateTime().truncatedTo(ChronoUnit.MINUTES)).toString();
            case When.Zoned zoned ->
                When.of(zoned.dateTime().truncatedTo(ChronoUnit.MINUTES)).toString();
        };
    }
}
