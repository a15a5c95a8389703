package io.dayflow.hub.sync;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.merge.Difference;
import io.dayflow.hub.merge.Lens;
import java.util.Optional;
import java.util.Set;

/** What of an item a side could not give back, were its copy all that is left. It stays where it is: with the item. */
final class Losses {

    /** Where an item lives and what tells it apart are no content. */
    private static final Set<String> IDENTITY = Set.of("uid", "sequence", "list");

    private Losses() {}

    /** The fields in words, or why the side can hold no such item at all; empty where it holds everything. */
    static Optional<String> of(Item item, Lens lens) {
        try {
            Item kept = lens.create(lens.project(item));
            Set<String> lost = Difference.between(item.view(), kept.view())
                    .without(IDENTITY)
                    .fields();
            return lost.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lost));
        } catch (InvalidItem e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
