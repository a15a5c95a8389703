package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FoundCollection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The collections of connections, and how far each was read. Methods take part in the caller's transaction. */
public interface CollectionStore {

    /** Takes in what the service lists now; what it no longer lists is kept and marked as vanished. */
    void refresh(UUID connectionId, List<FoundCollection> found);

    /** The collection is no longer there. */
    void vanish(UUID collectionId);

    /** A walk ended in doubt: its cursor stays, and the next listing has to tell. */
    void doubt(UUID collectionId);

    /** How many walks in a row ended in doubt. */
    int doubts(UUID collectionId);

    /** Whether a walk through one of the connection's selected collections ended in doubt. */
    boolean isInDoubt(UUID connectionId);

    /**
     * Everything up to here was absorbed; the collection is there, and nothing in it is in doubt. Where it was rewound since
     * the walk looked its cursor up, the rewound cursor stays: who asked for that wants to see what this walk may have passed.
     *
     * @param read the collection as the walk found it
     */
    void advance(CollectionRef read, String cursor);

    /** The next listing begins anew, and so it stays until a walk that begins after this has gone through. */
    void rewind(UUID collectionId);

    /** Whether the collection was rewound since it was looked up. */
    boolean isRewound(CollectionRef read);

    /** How often collections of the connection were rewound. */
    long rewinds(UUID connectionId);

    /** Those that a run walks through, by name. */
    List<CollectionRef> selected(UUID connectionId, List<Kind> kinds);

    /** The names of selected collections that the service no longer lists. */
    List<String> vanished(UUID connectionId);

    /** All of a kind by name, those that the service no longer lists included. */
    List<Homes.Home> homes(UUID connectionId, Kind kind);

    /** One collection, by id. */
    CollectionRef find(UUID id);

    /** Where a new copy is made: the chosen collection if it may be written to, else the first by name that may. */
    Optional<UUID> target(UUID connectionId, Kind kind, @Nullable UUID chosen);

    /** What the hub knows of the collection's objects, by external id. */
    Map<String, Walk.KnownObject> known(UUID collectionId);

    /** Ids of objects that had a copy once: it ended, and nothing of them is kept in agreement. */
    Set<String> ended(UUID collectionId);

    /** The versions of objects that could not be read, by external id; empty where a version is not known. */
    Map<String, String> unreadable(UUID connectionId, UUID collectionId);
}
