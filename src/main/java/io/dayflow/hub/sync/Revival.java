package io.dayflow.hub.sync;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import java.util.List;
import java.util.UUID;

/** What it means that a deleted item is wanted again. Works on open books only. */
final class Revival {

    private Revival() {}

    /** It goes to the sides again that had it, and is tied to the copies that they kept. */
    static void of(ItemBook book) {
        List<Link> kept =
                book.links().stream().filter(link -> isKeptCopy(book, link)).toList();
        book.undelete();
        for (Link link : List.copyOf(book.links())) {
            UUID connectionId = link.connectionId();
            if (isAskedAbout(book, link)) {
                book.closeConflict(link, "settled: the item is kept");
                book.put(link.withPending(true));
            }
            if (connectionId == null
                    || link.state() != Link.State.DETACHED
                    || book.link(connectionId).isPresent()) {
                continue;
            }
            if (link.version() == null) {
                book.put(link.forgotten());
            } else if (kept.contains(link)) {
                book.put(link.withState(Link.State.LIVE, null));
            }
        }
    }

    /** Whether a person was to say what becomes of an edit there, now that the item was deleted. */
    private static boolean isAskedAbout(ItemBook book, Link link) {
        OpenConflict conflict = book.conflict(link);
        return conflict != null && conflict.type() == OpenConflict.Type.DELETE_EDIT;
    }

    /** Whether the side kept its copy when the item was deleted. */
    private static boolean isKeptCopy(ItemBook book, Link link) {
        return link.state() == Link.State.DETACHED && link.version() != null && Moves.isUnwanted(book, link);
    }
}
