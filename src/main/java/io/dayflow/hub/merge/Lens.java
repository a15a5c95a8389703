package io.dayflow.hub.merge;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;

/**
 * What one side can hold of an item.
 *
 * <p>For every item {@code i} and every view {@code v} that the side could show, {@code project(absorb(i, v)) = v},
 * {@code absorb(i, project(i)) = i} and {@code project(create(v)) = v}: a side with a poorer model never flattens a richer
 * one. Implementations are immutable and pure.
 */
public interface Lens {

    /** The item as the side would hold it. */
    View project(Item item);

    /**
     * The item after the side was seen to hold {@code view}; what the side cannot hold, and what the view does not change,
     * stays as it was.
     *
     * @throws io.dayflow.hub.item.InvalidItem if no item can hold a value of the view
     * @throws IllegalArgumentException if the view is of another kind than the item
     */
    Item absorb(Item item, View view);

    /**
     * The item that a side tells of first.
     *
     * @throws io.dayflow.hub.item.InvalidItem if the view lacks what an item of its kind needs, or holds what none can hold
     */
    Item create(View view);
}
