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
    private final LetterStore letters;
    private final CollectionStore collections;
    private final JobStore jobs;

    Replay(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids,
            LetterStore letters,
            CollectionStore collections,
            JobStore jobs) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
        this.letters = letters;
        this.collections = collections;
        this.jobs = jobs;
    }

    @Override
    public void replay(UUID userId, UUID deadLetterId) {
        transaction.execute(() -> {
            LetterStore.Letter letter =
                    letters.lock(userId, deadLetterId).orElseThrow(() -> new NotFound("There is no such dead letter."));
            if (letter.inbound()) {
                readAgain(deadLetterId, letter);
            } else if (letter.itemId() != null && letter.linkId() != null) {
                pushAgain(letter.userId(), letter.itemId(), letter.linkId());
            }
        });
    }

    /** The version that failed is forgotten, and so is the cursor behind which the listing would not name it again. */
    private void readAgain(UUID deadLetterId, LetterStore.Letter letter) {
        letters.forgetVersion(deadLetterId);
        if (letter.collectionId() != null) {
            collections.rewind(letter.collectionId());
        }
        jobs.request(ids.get(), letter.connectionId(), letter.userId());
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
