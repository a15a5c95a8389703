package io.dayflow.hub.sync;

import io.dayflow.hub.merge.Guard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Links whose copies a service no longer holds. Methods take part in the caller's transaction. */
public interface GoneLinks {

    /** Those without an open conflict, in the order of their ids. */
    List<UUID> next(UUID connectionId, UUID after, int limit);

    /** Those among the copies of these objects, without an open conflict. */
    List<UUID> among(UUID connectionId, Collection<String> externalIds);

    /** The items of links. */
    List<UUID> items(Collection<UUID> linkIds);

    /** By collection, what is lost if everything is carried over that is gone, and that nobody allowed or is asked about. */
    List<Guard.Loss> losses(UUID connectionId);

    /** As {@link #losses(UUID)}, of these links only. */
    List<Guard.Loss> losses(UUID connectionId, Collection<UUID> linkIds);

    /**
     * How the copies of a connection would lie after changes that are not stored.
     *
     * @param moved the collections of links whose copies lie elsewhere than they are stored
     * @param left links that are no longer kept in agreement
     * @param fresh how many more copies there are, by collection
     */
    record Layout(Map<UUID, UUID> moved, Set<UUID> left, Map<UUID, Integer> fresh) {}

    /** As {@link #losses(UUID)}, of these links only, were the copies to lie so. */
    List<Guard.Loss> losses(UUID connectionId, Collection<UUID> linkIds, Layout layout);

    /**
     * How many deletions webhooks told in the last five minutes, or before and since the question that is still open: what
     * comes one by one is judged as if it had come at once.
     */
    int recentlyHinted(UUID connectionId);
}
