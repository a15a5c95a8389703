package io.dayflow.hub.link;

import io.dayflow.hub.item.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Where items and links are kept. Methods take part in the caller's transaction. A link, and a conflict, are written only
 * under the lock of their item.
 */
public interface LinkStore {

    /** The links of a connection to these objects, detached ones apart. */
    List<Link> find(UUID connectionId, Collection<String> externalIds);

    /** Links to copies that a connection keeps although DayFlow does not want them any more. */
    List<Link> released(UUID connectionId, Collection<String> externalIds);

    /** Which of these objects had a copy once that ended, on both sides or by a deletion, later than at this tick. */
    Set<String> ended(UUID connectionId, Collection<String> externalIds, long after);

    /**
     * The tick at which something was last learnt of any copy. What is read from a side after this was asked is no older than
     * what is known of copies that were {@linkplain Link#learnt learnt} at this tick or before; what is known of others may
     * be newer.
     */
    long tick();

    /** The links of a connection, detached ones apart, in the order of their ids. */
    List<Link> copies(UUID connectionId, UUID after, int limit);

    /** The links of DayFlow to these rows. */
    List<Link> findRows(Collection<UUID> rowIds);

    /** Items with all that hangs on them, unlocked. */
    Known read(Collection<UUID> itemIds);

    /** Locks the items, in an order that is the same for everybody, and reads them as they are then. */
    Known lock(Collection<UUID> itemIds);

    /**
     * Items of a user that might be the same as one seen for the first time: without a copy on the connection that is known
     * to be there, of one of these uids or match keys, and not deleted; and those whose create was sent there and never
     * answered, whatever they are called by now.
     */
    List<UUID> lookalikes(
            UUID userId, UUID connectionId, Kind kind, Collection<String> uids, Collection<String> matchKeys);

    /** Stores everything but the DayFlow rows of the set. */
    void apply(WriteSet writes);
}
