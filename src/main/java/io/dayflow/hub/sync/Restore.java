package io.dayflow.hub.sync;

import io.dayflow.hub.deleted.RestoreItem;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Takes a deletion back. */
@Component
class Restore implements RestoreItem {

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Restore(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void restore(UUID userId, UUID itemId) {
        transaction.execute(() -> {
            Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, null, "restore");
            ItemBook book = books.open(context, store.lock(List.of(itemId))).get(itemId);
            if (book == null || !book.stored().userId().equals(userId)) {
                throw new NotFound("There is no such item, or it was deleted too long ago.");
            }
            if (!book.isDeleted()) {
                throw new ConflictingState("The item is not deleted.");
            }
            if (book.links().stream().anyMatch(link -> book.conflict(link) != null)) {
                throw new ConflictingState("A conflict asks whether the item is to be deleted; decide it there.");
            }
            Revival.of(book);
            WriteSet out = new WriteSet();
            book.close(out, null);
            planner.write(out.rows());
            store.apply(out);
            wake.pushes();
        });
    }
}
