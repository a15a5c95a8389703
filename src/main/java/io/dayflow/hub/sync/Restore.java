package io.dayflow.hub.sync;

import io.dayflow.hub.deleted.RestoreItem;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes a deletion back. */
@Component
class Restore implements RestoreItem {

    private final HubTransaction transaction;
    private final ItemDesk desk;

    Restore(HubTransaction transaction, ItemDesk desk) {
        this.transaction = transaction;
        this.desk = desk;
    }

    @Override
    public void restore(UUID userId, UUID itemId) {
        transaction.execute(() -> {
            ItemBook book = desk.open(userId, itemId, "restore")
                    .orElseThrow(() -> new NotFound("There is no such item, or it was deleted too long ago."));
            if (!book.isDeleted()) {
                throw new ConflictingState("The item is not deleted.");
            }
            if (book.links().stream().anyMatch(link -> book.conflict(link) != null)) {
                throw new ConflictingState("A conflict asks whether the item is to be deleted; decide it there.");
            }
            Revival.of(book);
            desk.write(book, null);
        });
    }
}
