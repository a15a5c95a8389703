package io.dayflow.hub.sync;

import io.dayflow.hub.deadletter.ReplayDeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.refusal.NotFound;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Has a dead letter's work done again: an inbound one is read anew by the next run, which is asked for; an outbound one is
 * pending again. A link in quarantine is carried over again, from what both sides hold by then.
 */
@Component
class Replay implements ReplayDeadLetter {

    private final HubTransaction transaction;
    private final ItemDesk desk;
    private final Wake wake;
    private final Supplier<UUID> ids;
    private final LetterStore letters;
    private final CollectionStore collections;
    private final JobStore jobs;

    Replay(
            HubTransaction transaction,
            ItemDesk desk,
            Wake wake,
            Supplier<UUID> ids,
            LetterStore letters,
            CollectionStore collections,
            JobStore jobs) {
        this.transaction = transaction;
        this.desk = desk;
        this.wake = wake;
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
                pushAgain(deadLetterId, letter, letter.itemId(), letter.linkId());
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

    private void pushAgain(UUID letterId, LetterStore.Letter letter, UUID itemId, UUID linkId) {
        desk.open(letter.userId(), itemId, "replay").ifPresent(book -> {
            Optional<Link> link = link(book, linkId);
            if (link.filter(Link::isQuarantined).isPresent()) {
                free(book, link.get(), link.get().freed());
                letters.remove(letterId);
            } else {
                link.map(Link::unparked).ifPresent(book::put);
                desk.write(book, linkId);
            }
        });
    }

    @Override
    public void giveUp(UUID userId, UUID deadLetterId) {
        transaction.execute(() -> {
            LetterStore.Letter letter =
                    letters.lock(userId, deadLetterId).orElseThrow(() -> new NotFound("There is no such dead letter."));
            UUID linkId = letter.linkId();
            if (!letter.inbound() && letter.itemId() != null && linkId != null) {
                desk.open(userId, letter.itemId(), "replay")
                        .ifPresent(book -> link(book, linkId)
                                .filter(Link::isQuarantined)
                                .ifPresent(link -> free(
                                        book, link, link.givenUp(book.stored().revision()))));
            }
        });
    }

    private static Optional<Link> link(ItemBook book, UUID linkId) {
        return book.links().stream().filter(l -> l.id().equals(linkId)).findFirst();
    }

    /** What the service told meanwhile was passed over, and its listing would not name it again. */
    private void free(ItemBook book, Link before, Link freed) {
        book.put(freed);
        desk.write(book, freed.id());
        if (before.collectionId() != null && before.connectionId() != null) {
            collections.rewind(before.collectionId());
            jobs.request(ids.get(), before.connectionId(), book.stored().userId());
            wake.runs();
        }
    }
}
