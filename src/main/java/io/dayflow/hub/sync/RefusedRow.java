package io.dayflow.hub.sync;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that no item can hold: it is left as its user wrote it, and a dead letter says so for each service it was for. */
final class RefusedRow {

    private RefusedRow() {}

    static List<DeadLetter> letters(ItemBook book, Planner.@Nullable Row row, InvalidItem reason) {
        return book.links().stream()
                .filter(link -> link.connectionId() != null && link.state() == Link.State.LIVE)
                .map(link -> letter(book, link, row, reason))
                .toList();
    }

    private static DeadLetter letter(ItemBook book, Link link, Planner.@Nullable Row row, InvalidItem reason) {
        Context context = book.context();
        return new DeadLetter(
                context.ids().get(),
                context.userId(),
                java.util.Objects.requireNonNull(link.connectionId()),
                link.collectionId(),
                context.jobId(),
                book.id(),
                link.id(),
                DeadLetter.Direction.OUTBOUND,
                link.externalId().isEmpty() ? book.id().toString() : link.externalId(),
                link.part(),
                link.version(),
                "rejected",
                "DayFlow's row cannot be held: " + reason.getMessage(),
                row == null ? null : row.view().fields().toString(),
                context.now());
    }
}
