package io.dayflow.hub.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code <provider>.list} answers for one collection.
 *
 * @param entries what changed since the cursor; everything, if there was none
 * @param cursor where to go on next time, or with the next page
 * @param more whether another page follows at once
 * @param complete whether this page, with those before it, names everything the collection holds, so that absence from
 *     them proves a deletion
 */
public record Listing(List<Entry> entries, @Nullable String cursor, boolean more, boolean complete) {

    public Listing {
        entries = List.copyOf(entries);
    }

    /**
     * One object.
     *
     * @param version null where the listing does not tell
     * @param gone whether the side says that it was deleted
     * @param payload the object itself, where the listing brings it; else it is fetched by {@code <provider>.get}
     */
    public record Entry(
            String externalId,
            @Nullable String version,
            boolean gone,
            @Nullable String payload) {}
}
