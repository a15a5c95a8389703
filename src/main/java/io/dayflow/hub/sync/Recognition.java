package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.merge.FirstContact;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds, among the open books of a page, the item that an object of the side belongs to. Each book is given out once. */
final class Recognition {

    private final UUID connectionId;
    private final Collection<ItemBook> open;
    private final Set<UUID> taken = new HashSet<>();

    /** @param open may grow while this is used */
    Recognition(UUID connectionId, Collection<ItemBook> open) {
        this.connectionId = connectionId;
        this.open = open;
    }

    /** The book belongs to an object now. */
    void take(ItemBook book) {
        taken.add(book.id());
    }

    /** The item whose copy this is. */
    Optional<ItemBook> linked(Seen seen) {
        return open.stream()
                .filter(book -> !taken.contains(book.id()))
                .filter(book -> book.link(connectionId)
                        .filter(link -> link.externalId().equals(seen.externalId())
                                && link.part().equals(seen.part()))
                        .isPresent())
                .findFirst();
    }

    /**
     * An item whose create was sent without an answer, or whose copy has just gone elsewhere: known by its uid; on a side that
     * keeps none, an unanswered create is known by what it sent.
     */
    Optional<ItemBook> awaited(Seen seen) {
        return open.stream()
                .filter(book -> !taken.contains(book.id()))
                .filter(book -> book.link(connectionId)
                        .filter(link -> awaits(book, link, seen.view()))
                        .isPresent())
                .findFirst();
    }

    private static boolean awaits(ItemBook book, Link link, View seen) {
        String uid = seen.text("uid");
        if (uid != null) {
            return uid.equals(book.item().uid()) && (link.base() == null || link.state() == Link.State.GONE);
        }
        View sent = link.base() == null ? link.intent() : null;
        return sent != null && seen.only(sent.fields().keySet()).equals(sent);
    }

    /** An item without a copy on the connection that looks like what was seen: the same uid, else the same title and time. */
    Optional<ItemBook> twin(Item seen) {
        String uid = seen.uid();
        String key = matchKey(seen);
        List<ItemBook> free = open.stream()
                .filter(book -> !taken.contains(book.id()) && !book.isDeleted() && book.kind() == seen.kind())
                .filter(book -> book.link(connectionId).isEmpty())
                .toList();
        return free.stream()
                .filter(book -> uid != null && uid.equals(book.item().uid()))
                .findFirst()
                .or(() -> free.stream()
                        .filter(book -> key.equals(matchKey(book.item())))
                        .findFirst());
    }

    /** What tells an item from another when nothing else does, whatever zone its user lives in. */
    static String matchKey(Item item) {
        return FirstContact.matchKey(item, ZoneOffset.UTC);
    }
}
