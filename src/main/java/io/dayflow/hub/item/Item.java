package io.dayflow.hub.item;

import org.jspecify.annotations.Nullable;

/** A task or an event in canonical form. Immutable; equal when every field is equal. */
public sealed interface Item permits Task, Event {

    Kind kind();

    /** Never null; empty when the side that wrote it has none. */
    String title();

    /** The identity a calendar gives it (RFC 5545 section 3.8.4.7), if any. */
    @Nullable
    String uid();

    /** When it begins or is due, as far as known: what tells it from another item of the same title. */
    @Nullable
    When anchor();

    /** The same content as fields, one JSON value each. */
    default View view() {
        return ItemJson.view(this);
    }

    /**
     * Reads {@link #view()} back.
     *
     * @throws InvalidItem naming the field and what is accepted there
     */
    static Item of(View view) {
        return ItemJson.item(view);
    }
}
