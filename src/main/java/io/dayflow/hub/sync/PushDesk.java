package io.dayflow.hub.sync;

import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Lays out what a push decides on: one link, with its item locked and DayFlow's own edits already in it. */
@Component
class PushDesk {

    private final PendingLinks pending;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Clock clock;
    private final Supplier<UUID> ids;

    PushDesk(PendingLinks pending, LinkStore store, Books books, Planner planner, Clock clock, Supplier<UUID> ids) {
        this.pending = pending;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.clock = clock;
        this.ids = ids;
    }

    /** A link of an open book. */
    record Open(ItemBook book, Link link) {}

    /** Empty if the link is no longer kept in agreement. Must run inside a transaction. */
    Optional<Open> open(Pushes.Batch batch, UUID linkId) {
        Optional<UUID> itemId = pending.item(linkId);
        if (itemId.isEmpty()) {
            return Optional.empty();
        }
        UUID userId = batch.profile().connection().userId();
        Context context =
                new Context(userId, planner.zone(userId), planner, clock.instant(), ids, batch.jobId(), "push");
        Known known = store.lock(List.of(itemId.get()));
        return books.open(context, known).values().stream()
                .findFirst()
                .flatMap(book -> book.links().stream()
                        .filter(link -> link.id().equals(linkId))
                        .findFirst()
                        .map(link -> new Open(book, link)));
    }
}
