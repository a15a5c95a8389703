package io.dayflow.hub.sync.memory;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.sync.KeptItems;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Deleted items in memory. */
public record MemoryKept(MemoryStore store) implements KeptItems {

    @Override
    public List<UUID> over(Instant before, int limit) {
        return store.items.stream()
                .filter(item -> item.deletedAt() != null && item.deletedAt().isBefore(before))
                .filter(item -> store.links.stream().noneMatch(link -> isNeeded(item, link)))
                .filter(item -> store.conflicts.stream()
                        .noneMatch(conflict ->
                                conflict.open() && conflict.content().itemId().equals(item.id())))
                .map(StoredItem::id)
                .sorted(Comparator.comparing(UUID::toString))
                .limit(limit)
                .toList();
    }

    private static boolean isNeeded(StoredItem item, Link link) {
        return link.itemId().equals(item.id())
                && link.connectionId() != null
                && (link.state() != Link.State.DETACHED || link.version() != null);
    }

    @Override
    public void forget(List<UUID> items) {
        items.forEach(store.items::remove);
        store.letters.keys().stream()
                .filter(at -> isAbout(store.letters.get(at), items))
                .forEach(store.letters::remove);
        store.links.keys().stream()
                .filter(id -> items.contains(store.links.get(id).itemId()))
                .forEach(store.links::remove);
        store.conflicts.keys().stream()
                .filter(id -> items.contains(store.conflicts.get(id).content().itemId()))
                .forEach(store.conflicts::remove);
    }

    private boolean isAbout(DeadLetter letter, List<UUID> items) {
        UUID link = letter.linkId();
        return link != null
                && store.links
                        .find(link)
                        .filter(known -> items.contains(known.itemId()))
                        .isPresent();
    }
}
