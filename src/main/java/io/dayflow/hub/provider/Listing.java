package io.dayflow.hub.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code <provider>.list} answers for one collection.
 *
 * @param entries what changed since the cursor; everything that the listing covers, if there was none
 * @param cursor where to go on next time, or with the next page
 * @param more whether another page follows at once
 * @param coverage what it means that this page, with those before it, does not name an object; of several pages the
 *     weakest counts
 */
public record Listing(List<Entry> entries, @Nullable String cursor, boolean more, Coverage coverage) {

    public Listing {
        entries = List.copyOf(entries);
    }

    /** A listing that names everything, or only what changed. */
    public Listing(List<Entry> entries, @Nullable String cursor, boolean more, boolean complete) {
        this(entries, cursor, more, complete ? Coverage.EVERYTHING : Coverage.CHANGES);
    }

    /** Whether absence proves a deletion. */
    public boolean complete() {
        return coverage == Coverage.EVERYTHING;
    }

    /** What absence from a listing says, from the weakest to the strongest. */
    public enum Coverage {
        /** Nothing: only what changed is named. */
        CHANGES,
        /**
         * The listing is whole, but the service lists some objects no longer that are still there, for example what is
         * done: each known one that is absent is looked at by {@code <provider>.get} before it counts as gone.
         */
        VISIBLE,
        /** Absence proves a deletion: everything that the collection holds is named. */
        EVERYTHING;

        /** The weaker of the two. */
        public Coverage and(Coverage other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    /**
     * One object.
     *
     * @param version null where the listing does not tell
     * @param gone whether the side says that it was deleted
     * @param elsewhere whether it is not in this collection: of interest only where the hub knows it here, for it was moved
     * @param payload the object itself, where the listing brings it; else it is fetched by {@code <provider>.get}
     */
    public record Entry(
            String externalId,
            @Nullable String version,
            boolean gone,
            boolean elsewhere,
            @Nullable String payload) {

        /** One object of the collection. */
        public Entry(String externalId, @Nullable String version, boolean gone, @Nullable String payload) {
            this(externalId, version, gone, false, payload);
        }
    }
}
