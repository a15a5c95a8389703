package io.dayflow.hub.sync;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Mapped;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a side showed of one collection.
 *
 * @param objects what was read
 * @param gone ids of objects that are proven to be no longer there
 * @param cursor where the listing that this page completes ended; saved with the page. Null while more pages follow
 * @param readAt the {@linkplain io.dayflow.hub.link.LinkStore#tick tick} before the objects were read
 * @param missedAt the tick before the gone ones were missed
 * @param visit what it was read for
 */
public record Page(
        List<Mapped> objects, Set<String> gone, @Nullable String cursor, long readAt, long missedAt, Visit visit) {

    public Page {
        objects = List.copyOf(objects);
        // in their order, which Set.copyOf does not keep
        gone = Collections.unmodifiableSet(new LinkedHashSet<>(gone));
    }

    /** The links whose copies it shows, or proves to be no longer there. */
    Predicate<Link> told(CollectionRef collection) {
        Set<String> shown =
                objects.stream().map(object -> object.object().externalId()).collect(Collectors.toSet());
        return link -> shown.contains(link.externalId())
                || gone.contains(link.externalId()) && collection.id().equals(link.collectionId());
    }

    /** What single objects were seen to be, by a look that began after this tick. */
    public static Page ofLook(List<Mapped> objects, Set<String> missing, long tick) {
        return new Page(objects, missing, null, tick, tick, Visit.NEWS);
    }

    /** What single objects were seen to be; whether the sight is recent is the caller's business. */
    public static Page ofRecent(List<Mapped> objects, Set<String> missing) {
        return ofLook(objects, missing, Long.MAX_VALUE);
    }
}
