package io.dayflow.hub.sync;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Deleted items that are kept for a while. Methods take part in the caller's transaction. */
public interface KeptItems {

    /**
     * Items deleted before {@code before} that nothing depends on, locked: no conflict about them is open, no copy waits to
     * be deleted or for a decision about it, and no side keeps a copy that must not come back.
     */
    List<UUID> over(Instant before, int limit);

    /** Forgets them with their links. */
    void forget(List<UUID> items);
}
