package io.dayflow.hub.link;

import io.dayflow.hub.item.Item;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item as the hub keeps it.
 *
 * @param edited when each canonical field was last edited by a person, as far as known
 * @param revision grows with every change
 * @param origin the connection it was first seen on; null for DayFlow
 * @param deletedAt when it was deleted; such items are kept for a while
 */
public record StoredItem(
        UUID id,
        UUID userId,
        Item item,
        Map<String, Instant> edited,
        long revision,
        @Nullable UUID origin,
        @Nullable Instant deletedAt) {

    public StoredItem {
        edited = Map.copyOf(edited);
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** The next revision, with other content. */
    public StoredItem changed(Item newItem, Map<String, Instant> newEdited) {
        return new StoredItem(id, userId, newItem, newEdited, revision + 1, origin, deletedAt);
    }

    /** The next revision, deleted or, with null, brought back. */
    public StoredItem deleted(@Nullable Instant at) {
        return new StoredItem(id, userId, item, edited, revision + 1, origin, at);
    }
}
