package io.dayflow.hub.sync;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.merge.Difference;
import io.dayflow.hub.merge.Lens;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of an item a side could not give back, were its copy all that is left. It stays where it is: with the item. */
final class Losses {

    /** Where an item lives and what tells it apart are no content. */
    private static final Set<String> IDENTITY = Set.of("uid", "sequence", "list");

    private Losses() {}

    /**
     * The fields in words, or why the side can hold no such item at all; empty where it holds everything.
     *
     * @param among the fields to speak of; null for all
     */
    static Optional<String> of(Item item, Lens lens, @Nullable Set<String> among) {
        try {
            Item kept = lens.create(lens.project(item));
            Set<String> lost = Difference.between(item.view(), kept.view()).without(IDENTITY).fields().stream()
                    .filter(field -> among == null || among.contains(field))
                    .collect(Collectors.toCollection(TreeSet::new));
            return lost.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lost));
        } catch (InvalidItem e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
