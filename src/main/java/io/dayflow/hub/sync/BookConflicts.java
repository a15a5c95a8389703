package io.dayflow.hub.sync;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.WriteSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The open conflicts of an open book, one at most for each link. Not thread-safe. */
final class BookConflicts {

    private final Map<UUID, OpenConflict> known = new HashMap<>();
    private final Map<UUID, OpenConflict> open = new HashMap<>();
    private final Map<UUID, OpenConflict> opened = new LinkedHashMap<>();
    private final Map<UUID, String> closed = new LinkedHashMap<>();
    private final Map<OpenConflict, String> decided = new LinkedHashMap<>();

    /** Takes in one that is stored. */
    void known(OpenConflict conflict) {
        known.put(conflict.linkId(), conflict);
        open.put(conflict.linkId(), conflict);
    }

    @Nullable
    OpenConflict of(Link link) {
        return open.get(link.id());
    }

    void open(OpenConflict conflict) {
        if (!conflict.equals(open.put(conflict.linkId(), conflict))) {
            opened.put(conflict.linkId(), conflict);
            closed.remove(conflict.linkId());
        }
    }

    void close(Link link, String resolution) {
        if (open.remove(link.id()) != null) {
            opened.remove(link.id());
            closed.put(link.id(), resolution);
        }
    }

    /** Keeps one that was decided as soon as it was met. */
    void decided(OpenConflict conflict, String resolution) {
        decided.put(conflict, resolution);
    }

    /** Those that were opened or have changed. */
    Collection<OpenConflict> opened() {
        return opened.values();
    }

    /** Those that were stored and have ended, each with how. */
    Map<OpenConflict, String> settled() {
        Map<OpenConflict, String> settled = new LinkedHashMap<>();
        closed.forEach((linkId, resolution) -> {
            OpenConflict was = known.get(linkId);
            if (was != null) {
                settled.put(was, resolution);
            }
        });
        return settled;
    }

    /** @param jobId the job within which that is, if there is one */
    void writeTo(WriteSet out, @Nullable UUID jobId) {
        out.within(jobId);
        closed.forEach(out::close);
        opened.values().forEach(out::open);
        decided.forEach(out::decide);
    }
}
