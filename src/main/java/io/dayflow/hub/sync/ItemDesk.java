package io.dayflow.hub.sync;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Opens an item for what a person wants of it, and writes what became of it. Methods take part in the caller's transaction.
 */
@Component
class ItemDesk {

    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;

    ItemDesk(LinkStore store, Books books, Planner planner, Wake wake, Clock clock, Supplier<UUID> ids) {
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Locks the item and lays it out with what DayFlow's row holds; empty where the user has no such item.
     *
     * @param cause what the journal says of writes that follow
     */
    Optional<ItemBook> open(UUID userId, UUID itemId, String cause) {
        Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, null, cause);
        return Optional.ofNullable(
                        books.open(context, store.lock(List.of(itemId))).get(itemId))
                .filter(book -> book.stored().userId().equals(userId));
    }

    /**
     * Writes the item, its row and its links, and has the sides that wait brought up to date.
     *
     * @param source the link that is compared already, if there is one
     */
    void write(ItemBook book, @Nullable UUID source) {
        WriteSet out = new WriteSet();
        book.close(out, source);
        planner.write(out.rows());
        store.apply(out);
        wake.pushes();
    }
}
