package io.dayflow.hub.sync;

import io.dayflow.hub.connection.DayflowRows;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes items out of DayFlow when the connection that brought them is disconnected. */
@Component
class RemoveRows implements DayflowRows {

    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final JdbcClient jdbc;

    RemoveRows(LinkStore store, Books books, Planner planner, Clock clock, Supplier<UUID> ids, JdbcClient jdbc) {
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.clock = clock;
        this.ids = ids;
        this.jdbc = jdbc;
    }

    @Override
    public void remove(UUID userId, Collection<UUID> itemIds) {
        jdbc.sql("select set_config('hub.origin', 'hub', true)")
                .query(String.class)
                .single();
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
