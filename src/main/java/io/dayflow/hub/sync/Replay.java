package io.dayflow.hub.sync;

import io.dayflow.hub.deadletter.ReplayDeadLetter;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.refusal.NotFound;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has a dead letter's work done again: an inbound one is read anew by the next run, which is asked for; an outbound one is
 * pending again.
 */
@Component
class Replay implements ReplayDeadLetter {

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final JdbcClient jdbc;

    Replay(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids,
            JdbcClient jdbc) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
        this.jdbc = jdbc;
    }

    private record Stored(
            UUID userId,
            UUID connectionId,
            @Nullable UUID collectionId,
            @Nullable UUID itemId,
            @Nullable UUID linkId,
            boolean inbound) {}

    @Override
    public void replay(UUID userId, UUID deadLetterId) {
        transaction.execute(() -> {
            Stored letter = jdbc.sql("select * from hub.dead_letter where id = :id and user_id = :user for update")
                    .param("id", deadLetterId)
                    .param("user", userId)
                    .query((row, n) -> new Stored(
                            row.getObject("user_id", UUID.class),
                            row.getObject("connection_id", UUID.class),
                            row.getObject("collection_id", UUID.class),
                            row.getObject("item_id", UUID.class),
                            row.getObject("link_id", UUID.class),
                            "inbound".equals(row.getString("direction"))))
                    .optional()
                    .orElseThrow(() -> new NotFound("There is no such dead letter."));
            if (letter.inbound()) {
                readAgain(deadLetterId, letter);
            } else if (letter.itemId() != null && letter.linkId() != null) {
                pushAgain(letter.userId(), letter.itemId(), letter.linkId());
            }
        });
    }

    /** The version that failed is forgotten, and so is the cursor behind which the listing would not name it again. */
    private void readAgain(UUID deadLetterId, Stored letter) {
        jdbc.sql("update hub.dead_letter set version = null where id = :id")
                .param("id", deadLetterId)
                .update();
        if (letter.collectionId() != null) {
            jdbc.sql("update hub.collection set cursor = null where id = :id")
                    .param("id", letter.collectionId())
                    .update();
        }
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode)
                        values (:id, :connection, :user, 'manual_sync', 'incremental')
                        on conflict (connection_id) where status in ('pending', 'running', 'paused') do nothing
                        """)
                .param("id", ids.get())
                .param("connection", letter.connectionId())
                .param("user", letter.userId())
                .update();
        wake.runs();
    }

    private void pushAgain(UUID userId, UUID itemId, UUID linkId) {
        WriteSet out = new WriteSet();
        Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, null, "replay");
        Known known = store.lock(List.of(itemId));
        for (ItemBook book : books.open(context, known).values()) {
            book.links().stream()
                    .filter(l -> l.id().equals(linkId))
                    .findFirst()
                    .map(Link::unparked)
                    .ifPresent(book::put);
            book.close(out, linkId);
        }
        planner.write(out.rows());
        store.apply(out);
        wake.pushes();
    }
}
