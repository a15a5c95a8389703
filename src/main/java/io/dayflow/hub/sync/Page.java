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
 */
public record Page(
        List<Mapped> objects, Set<String> gone, @Nullable String cursor) {

    public Page {
        objects = List.copyOf(objects);
        gone = Set.copyOf(gone);
    }
}
