package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import java.util.UUID;

/** What is kept of a push that did not come about: what was to be written, and why it is not. */
final class RefusedPush {

    private RefusedPush() {}

    /** @param fault in one word, what went wrong */
    static DeadLetter letter(UUID id, Pushes.Batch batch, ItemBook book, Link link, String fault, String message) {
        View desired = book.isDeleted() ? null : Reconcile.desired(book, link, batch.profile());
        return new DeadLetter(
                id,
                book.context().userId(),
                batch.profile().connection().id(),
                link.collectionId(),
                batch.jobId(),
                book.id(),
                link.id(),
                DeadLetter.Direction.OUTBOUND,
                place(book, link),
                link.part(),
                link.version(),
                fault,
                message,
                desired == null ? null : desired.fields().toString(),
                book.context().now());
    }

    /** Where a dead letter of the link stands: its copy, or while there is none, the item. */
    static String place(ItemBook book, Link link) {
        return link.externalId().isEmpty() ? book.id().toString() : link.externalId();
    }
}
