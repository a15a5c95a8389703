package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Suggestion;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What becomes of an item and a copy when a person decides their conflict. Works on open books only; stores nothing. */
final class Decided {

    private Decided() {}

    /** A person decided a conflict. Values are by path; where a path is missing the field stays as {@code winner} has it. */
    static void resolve(
            ItemBook book, Link link, Profile profile, Suggestion winner, Map<String, Optional<JsonNode>> values) {
        OpenConflict conflict = Objects.requireNonNull(book.conflict(link));
        Lens lens = profile.lens(book.kind());
        Instant now = book.context().now();
        book.closeConflict(link, WriteSet.BY_PERSON);
        switch (conflict.type()) {
            case DELETE_EDIT -> resolveDelete(book, link, winner, now);
            case DUPLICATE -> resolveDuplicate(book, link, lens, conflict, winner, values);
            default -> {
                View ours = lens.project(book.item());
                View agreed = Choice.apply(ours, conflict, winner, values);
                book.become(lens.absorb(book.item(), agreed), now);
                book.put(link.withPending(true));
            }
        }
    }

    private static void resolveDuplicate(
            ItemBook book,
            Link link,
            Lens lens,
            OpenConflict conflict,
            Suggestion winner,
            Map<String, Optional<JsonNode>> values) {
        View theirs = Objects.requireNonNull(link.base());
        Link one = link.seen(link.externalId(), link.part(), link.version(), theirs, link.extras());
        if (book.isDeleted() && winner == Suggestion.DAYFLOW) {
            book.put(one.withPending(true));
            return;
        }
        book.restore();
        View agreed = Choice.apply(lens.project(book.item()), conflict, winner, values);
        book.become(lens.absorb(book.item(), agreed), book.context().now());
        book.put(one.withPending(!agreed.equals(theirs)));
    }

    private static void resolveDelete(ItemBook book, Link link, Suggestion winner, Instant now) {
        boolean deletedHere = book.isDeleted();
        boolean keep = (winner == Suggestion.DAYFLOW) != deletedHere;
        if (!keep) {
            book.delete(now);
            book.put(deletedHere ? link.unparked().withPending(true) : link.ended(now));
            return;
        }
        book.restore();
        book.put(deletedHere ? link.withPending(true) : link.forgotten());
    }
}
