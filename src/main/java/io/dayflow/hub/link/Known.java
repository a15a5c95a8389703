package io.dayflow.hub.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Items with all their links and the open conflicts of these, as read at one moment. */
public record Known(
        Map<UUID, StoredItem> items, Map<UUID, List<Link>> linksByItem, Map<UUID, OpenConflict> conflictsByLink) {

    public static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of());

    public List<Link> links(UUID itemId) {
        return linksByItem.getOrDefault(itemId, List.of());
    }

    /** The link to the DayFlow row. */
    public Optional<Link> dayflowLink(UUID itemId) {
        return links(itemId).stream().filter(l -> l.connectionId() == null).findFirst();
    }

    /** The link to a connection, unless it is detached. */
    public Optional<Link> link(UUID itemId, UUID connectionId) {
        return links(itemId).stream()
                .filter(l -> connectionId.equals(l.connectionId()) && l.state() != Link.State.DETACHED)
                .findFirst();
    }
}
