package io.dayflow.hub.sync;

import io.dayflow.hub.provider.Mapped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a side showed of one collection.
 *
 * @param objects what was read
 * @param gone ids of objects that are proven to be no longer there
 * @param cursor where the listing that this page completes ended; saved with the page. Null while more pages follow
 * @param ended ids of objects whose copies had ended before the page was read; a copy that ended since was read too early.
 *     Null where that cannot be
 */
public record Page(
        List<Mapped> objects,
        Set<String> gone,
        @Nullable String cursor,
        @Nullable Set<String> ended) {

    public Page {
        objects = List.copyOf(objects);
        gone = Set.copyOf(gone);
    }

    /** A page of which nothing was read too early. */
    public Page(List<Mapped> objects, Set<String> gone, @Nullable String cursor) {
        this(objects, gone, cursor, null);
    }

    /** The same, read while all of its objects had a copy. */
    public Page ofKnown() {
        return new Page(objects, gone, cursor, Set.of());
    }
}
