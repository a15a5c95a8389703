package io.dayflow.hub.merge;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.Set;

/**
 * A side that holds exactly some of the canonical fields, in canonical form.
 *
 * @param fields names of canonical fields; for events {@code start} and {@code end} are among them, because neither means
 *     anything without the other
 */
public record FieldLens(Kind kind, Set<String> fields) implements Lens {

    public FieldLens {
        fields = Set.copyOf(fields);
        if (kind == Kind.EVENT && !fields.containsAll(Set.of("start", "end"))) {
            throw new IllegalArgumentException(
                    "a side that holds events holds their start and end, not only " + fields);
        }
    }

    @Override
    public View project(Item item) {
        requireKind(item.kind());
        return item.view().only(fields);
    }

    @Override
    public Item absorb(Item item, View view) {
        requireKind(item.kind());
        requireKind(view.kind());
        return Item.of(item.view().overlay(view, fields));
    }

    @Override
    public Item create(View view) {
        requireKind(view.kind());
        return Item.of(view.only(fields));
    }

    private void requireKind(Kind given) {
        if (given != kind) {
            throw new IllegalArgumentException("this side holds " + kind.id() + "s, not " + given.id() + "s");
        }
    }
}
