package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What it means to an item that its copy moved from one of the side's collections to another. Works on open books only. */
final class Moves {

    /** The journal's word for a copy that is no longer kept in agreement. */
    private static final String AWAY = "moved";

    private Moves() {}

    /** The item's list goes along, where it was the former collection's name. */
    static void follow(ItemBook book, Link before, CollectionRef home, Homes homes, Instant at) {
        if (book.isDeleted() || home.id().equals(before.collectionId())) {
            return;
        }
        Optional<String> former = homes.name(before.collectionId());
        if (former.isPresent() && former.get().equals(book.item().view().text("list"))) {
            book.become(Item.of(book.item().view().with("list", TextNode.valueOf(home.name()))), at);
        }
    }

    /**
     * The copy lives where nothing is kept in agreement: what it holds is taken in a last time, then item and copy go their
     * own ways. The journal tells.
     */
    static void release(ItemBook book, Link link, Seen seen, Profile profile, WriteSet out) {
        Context context = book.context();
        if (link.state() != Link.State.DUPLICATE) {
            Reconcile.seen(book, link, seen, profile);
        }
        book.closeConflict(link, "settled: moved to a collection that is not selected");
        // a version marks a copy that is still there, as against one that ended
        String version = Objects.requireNonNullElse(seen.version(), "");
        book.put(link.seen(seen.externalId(), seen.part(), version, seen.view(), seen.extras())
                .released(context.now()));
        out.journal(new JournalEntry(
                context.now(),
                context.userId(),
                context.jobId(),
                book.id(),
                profile.connection().id(),
                Objects.requireNonNullElse(link.base(), seen.view()),
                seen.view(),
                AWAY));
    }

    /** Whether DayFlow did not want the item any more when its copy was released, so that it must not come back. */
    static boolean isUnwanted(ItemBook book, Link released) {
        Instant deletedAt = book.stored().deletedAt();
        Instant releasedAt = released.goneAt();
        return deletedAt != null && (releasedAt == null || !releasedAt.isBefore(deletedAt));
    }

    /** The copy came back to where it is kept in agreement: from what was last agreed, it goes on. */
    static boolean takeBack(ItemBook book, UUID connectionId, Seen seen) {
        if (book.isDeleted() || book.link(connectionId).isPresent()) {
            return false;
        }
        Optional<Link> released = book.links().stream()
                .filter(link -> connectionId.equals(link.connectionId())
                        && link.version() != null
                        && link.externalId().equals(seen.externalId())
                        && link.part().equals(seen.part()))
                .findFirst();
        released.ifPresent(link -> book.put(link.withState(Link.State.LIVE, null)));
        return released.isPresent();
    }
}
