package io.dayflow.hub.connection;

import java.util.Collection;
import java.util.UUID;

/** What disconnecting asks of DayFlow's tables. */
public interface DayflowRows {

    /**
     * Takes the rows that hold these items out of DayFlow, in the caller's transaction: rows and their links go, the items
     * are kept as deleted, and the journal says so.
     */
    void remove(UUID userId, Collection<UUID> itemIds);
}
