package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;

/** The item as the hub itself holds it: nothing is left out. */
enum ItemLens implements Lens {
    WHOLE;

    @Override
    public View project(Item item) {
        return item.view();
    }

    @Override
    public Item absorb(Item item, View view) {
        return Item.of(view);
    }

    @Override
    public Item create(View view) {
        return Item.of(view);
    }
}
