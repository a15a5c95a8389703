package io.dayflow.hub.merge;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.View;
import java.time.Instant;

/** An item and what two sides made of it, in one merge. */
record Triple(View base, View ours, View theirs, EditTimes times) {

    static Triple of(RandomItems chance) {
        Item item = chance.item();
        Item ours = chance.chance(85) ? chance.edited(item) : item;
        Item theirs = chance.chance(85) ? chance.edited(item) : item;
        return new Triple(item.view(), ours.view(), theirs.view(), EditTimes.of(time(chance), time(chance)));
    }

    Merged merge(Strategies strategies) {
        return ThreeWay.merge(base, ours, theirs, strategies, times);
    }

    Merged swapped(Strategies strategies) {
        return ThreeWay.merge(base, theirs, ours, strategies, times.swapped());
    }

    private static Instant time(RandomItems chance) {
        return chance.chance(10) ? null : Instant.ofEpochSecond(chance.number(4));
    }
}
