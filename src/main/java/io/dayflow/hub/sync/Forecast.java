package io.dayflow.hub.sync;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.Mapped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How far a preview has come: only ids, so that it may be about any number of items. Used by one thread at a time. */
final class Forecast {

    private final Set<String> seen = new HashSet<>();
    private final Set<String> missed = new HashSet<>();
    private final Set<UUID> looked = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    private final Map<UUID, UUID> moved = new HashMap<>();
    private final Set<UUID> left = new HashSet<>();
    private final Map<UUID, Integer> fresh = new HashMap<>();
    private int deletes;

    /**
     * What is new in a page. An object that moved, or is gone, is told by several collections: in a run the second sight finds
     * what the first one wrote.
     */
    Page news(Page page) {
        List<Mapped> objects = page.objects().stream()
                .filter(object -> seen.add(object.object().externalId()))
                .toList();
        Set<String> absent = new HashSet<>(page.gone());
        absent.removeAll(seen);
        absent.removeAll(missed);
        return new Page(objects, absent, page.cursor(), page.readAt(), page.missedAt(), page.visit());
    }

    /** The link was compared with its copy; what would follow from that is said. */
    void looked(UUID linkId) {
        looked.add(linkId);
        gone.remove(linkId);
    }

    /** The run would find that the link's copy is gone. */
    void gone(Link link) {
        missed.add(link.externalId());
        looked.add(link.id());
        gone.add(link.id());
    }

    /** Where the link's copy would lie, as against where it lies by what is stored. */
    void lies(Optional<Link> stored, Link now) {
        UUID place = now.collectionId();
        if (!isHeld(now)) {
            left.add(now.id());
            return;
        }
        if (place == null) {
            return;
        }
        if (stored.isEmpty() || !isHeld(stored.get())) {
            fresh.merge(place, 1, Integer::sum);
        } else if (!place.equals(stored.get().collectionId())) {
            moved.put(now.id(), place);
        }
    }

    private static boolean isHeld(Link link) {
        return link.base() != null && (link.state() == Link.State.LIVE || link.state() == Link.State.GONE);
    }

    /** The run would have this many more deletions to carry over to the service that no person allowed. */
    void deletes(int more) {
        deletes += more;
    }

    int deletes() {
        return deletes;
    }

    boolean hasLooked(UUID linkId) {
        return looked.contains(linkId);
    }

    Set<UUID> gone() {
        return Set.copyOf(gone);
    }

    GoneLinks.Layout layout() {
        return new GoneLinks.Layout(Map.copyOf(moved), Set.copyOf(left), Map.copyOf(fresh));
    }
}
