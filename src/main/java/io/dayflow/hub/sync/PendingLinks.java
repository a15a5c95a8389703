package io.dayflow.hub.sync;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The links of connections with something to push. Methods take part in the caller's transaction. */
public interface PendingLinks {

    /**
     * Links that may be pushed now, those first whose items have waited longest.
     *
     * @param deletesHeld leaves out deletions that no person allowed
     */
    List<UUID> next(UUID connectionId, boolean deletesHeld, int limit);

    /** Links with something to push, whenever that may be, in the order of their ids. */
    List<UUID> after(UUID connectionId, UUID after, int limit);

    /** The item of a link; empty if the link is no longer kept in agreement. */
    Optional<UUID> item(UUID linkId);

    /**
     * Deletions of a connection.
     *
     * @param waiting pending ones that no person allowed
     * @param recent those carried over to the service in the last five minutes that no person allowed
     * @param total copies that the service holds
     */
    record Deletes(int waiting, int recent, int total) {}

    /** What DayFlow's deletions would take from the service. */
    Deletes deletes(UUID connectionId);

    /** Whether a deletion waits that no person allowed. */
    boolean hasDelete(UUID connectionId);
}
