package io.dayflow.hub.webhook;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows from a wish, given what the hub knows of the object. */
sealed interface Decision {

    /** Nothing: it is known already, or nobody's business. */
    record Drop() implements Decision {}

    /** The payload of that hint is absorbed. */
    record Use(CollectionRef collection, UUID hint, String version) implements Decision {}

    /** The service is asked for the object. */
    record Look(CollectionRef collection) implements Decision {}

    /**
     * @param links those of the connection to the object that are not detached
     * @param selected the collections that are kept in agreement
     * @param ordered whether of two versions the greater text is the newer one
     * @param believed whether what is told of an object that is not known is believed
     */
    static Decision of(Wish wish, List<Link> links, List<CollectionRef> selected, boolean ordered, boolean believed) {
        Optional<CollectionRef> found = collection(wish, links, selected);
        if (found.isEmpty() || wish.onlyGone() && links.isEmpty()) {
            return new Drop();
        }
        CollectionRef collection = found.get();
        String version = wish.version();
        if (!ordered || version == null || wish.anyGone() || wish.unversioned()) {
            return new Look(collection);
        }
        boolean known = !links.isEmpty() && links.stream().allMatch(link -> isAsNew(link.version(), version));
        if (known) {
            return new Drop();
        }
        // a webhook may be late: what the hub does not know may have come and gone, and be known to nobody any more
        boolean doubtful = links.isEmpty() && !believed
                || links.stream().anyMatch(link -> link.version() == null || link.state() == Link.State.GONE);
        UUID use = wish.use();
        return use == null || doubtful ? new Look(collection) : new Use(collection, use, version);
    }

    private static boolean isAsNew(@Nullable String known, String told) {
        return known != null && known.compareTo(told) >= 0;
    }

    /**
     * Where the object is dealt with: in the collection that the hint names, if it is kept in agreement, else in that of its
     * copy, for it may have left it.
     */
    private static Optional<CollectionRef> collection(Wish wish, List<Link> links, List<CollectionRef> selected) {
        Optional<CollectionRef> own = selected.stream()
                .filter(ref -> links.stream().anyMatch(link -> ref.id().equals(link.collectionId())))
                .findFirst();
        if (own.isPresent() && own.get().externalId().equals(wish.collection())) {
            return own;
        }
        return selected.stream()
                .filter(ref -> ref.externalId().equals(wish.collection()))
                .findFirst()
                .or(() -> own);
    }
}
