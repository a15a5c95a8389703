package io.dayflow.hub.sync;

import io.dayflow.hub.provider.Mapped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** How far a preview has come: only ids, so that it may be about any number of items. Used by one thread at a time. */
final class Forecast {

    private final Set<String> seen = new HashSet<>();
    private final Set<UUID> looked = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();

    /**
     * What is new in a page. An object that moved is told by two collections: in a run the second sight finds what the
     * first one wrote.
     */
    Page news(Page page) {
        List<Mapped> objects = page.objects().stream()
                .filter(object -> seen.add(object.object().externalId()))
                .toList();
        Set<String> absent = new HashSet<>(page.gone());
        absent.removeAll(seen);
        return new Page(objects, absent, page.cursor());
    }

    /** The link was compared with its copy; what would follow from that is said. */
    void looked(UUID linkId) {
        looked.add(linkId);
        gone.remove(linkId);
    }

    /** The run would find that the link's copy is gone. */
    void gone(UUID linkId) {
        looked.add(linkId);
        gone.add(linkId);
    }

    boolean hasLooked(UUID linkId) {
        return looked.contains(linkId);
    }

    Set<UUID> gone() {
        return Set.copyOf(gone);
    }
}
