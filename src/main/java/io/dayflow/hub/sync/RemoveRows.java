package io.dayflow.hub.sync;

import io.dayflow.hub.connection.DayflowRows;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Takes items out of DayFlow when the connection that brought them is disconnected. */
@Component
class RemoveRows implements DayflowRows {

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Clock clock;
    private final Supplier<UUID> ids;

    RemoveRows(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Clock clock,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void remove(UUID userId, Collection<UUID> itemIds) {
        transaction.own();
        WriteSet out = new WriteSet();
        Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, null, "disconnect");
        books.open(context, store.lock(itemIds)).values().forEach(book -> {
            book.delete(context.now());
            book.close(out, null);
        });
        planner.write(out.rows());
        store.apply(out);
    }
}
