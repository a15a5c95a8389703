package io.dayflow.hub.sync.memory;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.Homes;
import io.dayflow.hub.sync.Walk;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collections in memory. */
public record MemoryCollections(MemoryStore store, Supplier<UUID> ids) implements CollectionStore {

    private static final Comparator<Stored> BY_NAME = Comparator.comparing(
                    (Stored stored) -> stored.ref().name())
            .thenComparing(stored -> stored.ref().id().toString());

    /** A collection as it is kept; its reference carries the cursor. */
    public record Stored(UUID connectionId, CollectionRef ref, boolean selected, boolean vanished, int doubts) {

        public Stored withSelected(boolean value) {
            return new Stored(connectionId, ref, value, vanished, doubts);
        }

        Stored with(CollectionRef newRef, boolean nowVanished, int nowDoubts) {
            return new Stored(connectionId, newRef, selected, nowVanished, nowDoubts);
        }
    }

    private Stream<Stored> of(UUID connectionId) {
        return store.collections.stream().filter(stored -> stored.connectionId().equals(connectionId));
    }

    @Override
    public void refresh(UUID connectionId, List<FoundCollection> found) {
        Set<String> named = found.stream().map(MemoryCollections::key).collect(Collectors.toSet());
        for (FoundCollection collection : found) {
            Optional<Stored> before = of(connectionId)
                    .filter(stored -> key(stored).equals(key(collection)))
                    .findFirst();
            CollectionRef ref = new CollectionRef(
                    before.map(stored -> stored.ref().id()).orElseGet(ids),
                    collection.externalId(),
                    collection.kind(),
                    collection.name(),
                    collection.readOnly(),
                    collection.attributes(),
                    before.map(stored -> stored.ref().cursor()).orElse(null),
                    before.map(stored -> stored.ref().rewinds()).orElse(0L));
            store.collections.put(
                    ref.id(),
                    before.map(stored -> stored.with(ref, false, stored.doubts()))
                            .orElseGet(() -> new Stored(connectionId, ref, false, false, 0)));
        }
        of(connectionId)
                .filter(stored -> !named.contains(key(stored)))
                .map(stored -> stored.ref().id())
                .toList()
                .forEach(this::vanish);
        store.connections.update(connectionId, connection -> connection.listed(store.clock.instant()));
    }

    private static String key(Stored stored) {
        return stored.ref().externalId() + " " + stored.ref().kind();
    }

    private static String key(FoundCollection collection) {
        return collection.externalId() + " " + collection.kind();
    }

    @Override
    public void vanish(UUID collectionId) {
        store.collections.update(collectionId, stored -> stored.with(stored.ref(), true, stored.doubts()));
    }

    @Override
    public void doubt(UUID collectionId) {
        store.collections.update(
                collectionId, stored -> stored.with(stored.ref(), stored.vanished(), stored.doubts() + 1));
    }

    @Override
    public int doubts(UUID collectionId) {
        return store.collections.get(collectionId).doubts();
    }

    @Override
    public boolean isInDoubt(UUID connectionId) {
        return of(connectionId).anyMatch(stored -> stored.selected() && !stored.vanished() && stored.doubts() > 0);
    }

    @Override
    public void advance(CollectionRef read, String cursor) {
        store.collections.update(
                read.id(),
                stored -> stored.with(
                        stored.ref().rewinds() == read.rewinds() ? stored.ref().from(cursor) : stored.ref(), false, 0));
    }

    @Override
    public void rewind(UUID collectionId) {
        store.collections.update(
                collectionId, stored -> stored.with(rewound(stored.ref()), stored.vanished(), stored.doubts()));
    }

    private static CollectionRef rewound(CollectionRef ref) {
        return new CollectionRef(
                ref.id(),
                ref.externalId(),
                ref.kind(),
                ref.name(),
                ref.readOnly(),
                ref.attributes(),
                null,
                ref.rewinds() + 1);
    }

    @Override
    public boolean isRewound(CollectionRef read) {
        return store.collections.get(read.id()).ref().rewinds() != read.rewinds();
    }

    @Override
    public long rewinds(UUID connectionId) {
        return of(connectionId).mapToLong(stored -> stored.ref().rewinds()).sum();
    }

    @Override
    public List<CollectionRef> selected(UUID connectionId, List<Kind> kinds) {
        return of(connectionId)
                .filter(stored -> stored.selected()
                        && !stored.vanished()
                        && kinds.contains(stored.ref().kind()))
                .sorted(BY_NAME)
                .map(Stored::ref)
                .toList();
    }

    @Override
    public List<String> vanished(UUID connectionId) {
        return of(connectionId)
                .filter(stored -> stored.selected() && stored.vanished())
                .map(stored -> stored.ref().name())
                .sorted()
                .toList();
    }

    @Override
    public List<Homes.Home> homes(UUID connectionId, Kind kind) {
        return of(connectionId)
                .filter(stored -> stored.ref().kind() == kind)
                .sorted(BY_NAME)
                .map(stored -> new Homes.Home(stored.ref(), stored.selected()))
                .toList();
    }

    @Override
    public CollectionRef find(UUID id) {
        return store.collections.get(id).ref();
    }

    @Override
    public Optional<UUID> target(UUID connectionId, Kind kind, @Nullable UUID chosen) {
        return of(connectionId)
                .filter(stored -> stored.ref().kind() == kind
                        && stored.selected()
                        && !stored.ref().readOnly()
                        && !stored.vanished())
                .min(Comparator.comparing((Stored stored) -> !stored.ref().id().equals(chosen))
                        .thenComparing(BY_NAME))
                .map(stored -> stored.ref().id());
    }

    @Override
    public Map<String, Walk.KnownObject> known(UUID collectionId) {
        Map<String, Walk.KnownObject> known = new HashMap<>();
        store.links.stream()
                .filter(link -> collectionId.equals(link.collectionId())
                        && link.base() != null
                        && (link.state() != Link.State.DETACHED || link.version() != null))
                .forEach(link -> {
                    boolean deleted = store.items.get(link.itemId()).isDeleted();
                    boolean live = link.state() != Link.State.GONE && (link.state() != Link.State.DETACHED || deleted);
                    known.merge(
                            link.externalId(),
                            new Walk.KnownObject(link.version(), link.verified(), live),
                            Walk.KnownObject::lessSure);
                });
        return known;
    }

    @Override
    public Set<String> ended(UUID collectionId) {
        return store.links.stream()
                .filter(link -> collectionId.equals(link.collectionId())
                        && link.state() == Link.State.DETACHED
                        && link.version() == null)
                .map(Link::externalId)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> unreadable(UUID connectionId, UUID collectionId) {
        Map<String, String> unreadable = new HashMap<>();
        store.letters.stream()
                .filter(letter -> letter.connectionId().equals(connectionId)
                        && collectionId.equals(letter.collectionId())
                        && letter.direction() == DeadLetter.Direction.INBOUND)
                .forEach(letter ->
                        unreadable.put(letter.externalId(), Objects.requireNonNullElse(letter.version(), "")));
        return unreadable;
    }
}
