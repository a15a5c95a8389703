package io.dayflow.hub.sync;

import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Mapped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects of a page live. The connection's collections are read once at most, and only when an object says that
 * it lives in another than was asked. Not thread-safe; lives as long as one page.
 */
public final class Homes {

    /** A collection of the connection, and whether it is kept in agreement. */
    public record Home(CollectionRef collection, boolean selected) {}

    private final CollectionRef asked;
    private final Supplier<List<Home>> all;
    private @Nullable List<Home> read;

    /**
     * @param asked the collection that the page is about
     * @param all the connection's collections of the same kind
     */
    Homes(CollectionRef asked, Supplier<List<Home>> all) {
        this.asked = asked;
        this.all = all;
    }

    /** The collection that the object lives in; null if that one is not kept in agreement, or not known. */
    @Nullable
    CollectionRef of(Mapped object) {
        String named = object.collection();
        if (named == null || named.equals(asked.externalId())) {
            return asked;
        }
        return all().stream()
                .filter(home ->
                        home.selected() && home.collection().externalId().equals(named))
                .findFirst()
                .map(Home::collection)
                .orElse(null);
    }

    /** A collection's name. */
    Optional<String> name(@Nullable UUID collectionId) {
        if (asked.id().equals(collectionId)) {
            return Optional.of(asked.name());
        }
        return all().stream()
                .map(Home::collection)
                .filter(collection -> collection.id().equals(collectionId))
                .map(CollectionRef::name)
                .findFirst();
    }

    private List<Home> all() {
        List<Home> known = read == null ? all.get() : read;
        read = known;
        return known;
    }
}
