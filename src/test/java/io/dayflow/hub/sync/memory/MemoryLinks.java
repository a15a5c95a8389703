package io.dayflow.hub.sync.memory;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.FirstContact;
import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.sync.GoneLinks;
import io.dayflow.hub.sync.PendingLinks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** Items and links in memory, with the constraints that the tables have. */
public record MemoryLinks(MemoryStore store) implements LinkStore, PendingLinks, GoneLinks {

    private static final Duration RECENTLY = Duration.ofMinutes(5);
    private static final Layout NO_CHANGE = new Layout(Map.of(), Set.of(), Map.of());

    @Override
    public List<Link> find(UUID connectionId, Collection<String> externalIds) {
        return at(connectionId, externalIds, link -> link.state() != Link.State.DETACHED);
    }

    @Override
    public List<Link> released(UUID connectionId, Collection<String> externalIds) {
        return at(connectionId, externalIds, link -> link.state() == Link.State.DETACHED && link.version() != null);
    }

    @Override
    public Set<String> ended(UUID connectionId, Collection<String> externalIds, long after) {
        return at(
                        connectionId,
                        externalIds,
                        link -> link.state() == Link.State.DETACHED && link.version() == null && link.learnt() > after)
                .stream()
                .map(Link::externalId)
                .collect(Collectors.toSet());
    }

    private List<Link> at(UUID connectionId, Collection<String> externalIds, Predicate<Link> which) {
        Set<String> wanted = externalIds.stream().map(Nuls::outOf).collect(Collectors.toSet());
        wanted.remove("");
        return of(connectionId)
                .filter(link -> wanted.contains(link.externalId()))
                .filter(which)
                .toList();
    }

    private Stream<Link> of(UUID connectionId) {
        return store.links.stream().filter(link -> connectionId.equals(link.connectionId()));
    }

    @Override
    public List<Link> findRows(Collection<UUID> rowIds) {
        Set<String> wanted = rowIds.stream().map(UUID::toString).collect(Collectors.toSet());
        return store.links.stream()
                .filter(link -> link.connectionId() == null && wanted.contains(link.externalId()))
                .toList();
    }

    @Override
    public List<Link> copies(UUID connectionId, UUID after, int limit) {
        return of(connectionId)
                .filter(link -> link.state() != Link.State.DETACHED)
                .filter(link -> link.id().toString().compareTo(after.toString()) > 0)
                .sorted(Comparator.comparing(link -> link.id().toString()))
                .limit(limit)
                .toList();
    }

    @Override
    public Known read(Collection<UUID> itemIds) {
        Map<UUID, StoredItem> items = new LinkedHashMap<>();
        itemIds.stream()
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .forEach(id -> store.items.find(id).ifPresent(item -> items.put(id, item)));
        if (items.isEmpty()) {
            return Known.NOTHING;
        }
        Map<UUID, List<Link>> links = store.links.stream()
                .filter(link -> items.containsKey(link.itemId()))
                .collect(Collectors.groupingBy(Link::itemId));
        Map<UUID, OpenConflict> open = new HashMap<>();
        store.conflicts.stream()
                .filter(conflict ->
                        conflict.open() && items.containsKey(conflict.content().itemId()))
                .forEach(conflict -> open.put(conflict.content().linkId(), conflict.content()));
        return new Known(items, links, open);
    }

    @Override
    public Known lock(Collection<UUID> itemIds) {
        return read(itemIds);
    }

    @Override
    public List<UUID> lookalikes(
            UUID userId, UUID connectionId, Kind kind, Collection<String> uids, Collection<String> matchKeys) {
        Map<UUID, List<Link>> here = of(connectionId).collect(Collectors.groupingBy(Link::itemId));
        return store.items.stream()
                .filter(item -> item.userId().equals(userId) && item.item().kind() == kind)
                .filter(item -> {
                    List<Link> links = here.getOrDefault(item.id(), List.of());
                    boolean unanswered = links.stream()
                            .anyMatch(link ->
                                    link.state() == Link.State.LIVE && link.base() == null && link.intent() != null);
                    boolean there = links.stream()
                            .anyMatch(link -> link.base() != null
                                    && (link.state() == Link.State.LIVE || link.state() == Link.State.DUPLICATE));
                    String uid = item.item().uid();
                    boolean alike = uid != null && uids.contains(uid)
                            || matchKeys.contains(FirstContact.matchKey(item.item(), ZoneOffset.UTC));
                    return !there && (unanswered || alike && !item.isDeleted());
                })
                .map(StoredItem::id)
                .toList();
    }

    @Override
    public void apply(WriteSet writes) {
        // in the order, and one by one with the checks, of the statements of PostgreSQL's adapter
        store.execute(() -> {
            writes.newItems().forEach(item -> {
                store.items.insert(item.id(), Nuls.outOf(item));
                store.touched.put(item.id(), store.stamp());
            });
            writes.items().forEach(item -> {
                store.items.updateIfPresent(item.id(), before -> Nuls.outOf(item));
                store.touched.updateIfPresent(item.id(), before -> store.stamp());
            });
            writes.links().forEach(this::update);
            writes.newLinks().forEach(this::insert);
            writes.closedConflicts().forEach(this::close);
            writes.conflicts().forEach(this::open);
            writes.decidedConflicts()
                    .forEach((conflict, resolution) -> store.conflicts.insert(
                            conflict.id(), new MemoryStore.Conflict(conflict, false, resolution, "strategy")));
            writes.journal().forEach(this::note);
            writes.readable()
                    .forEach(place -> store.letters.keys().stream()
                            .filter(at -> at.connectionId().equals(place.connectionId())
                                    && at.direction() == place.direction()
                                    && at.externalId().equals(place.externalId()))
                            .forEach(store.letters::remove));
            writes.deadLetters().forEach(this::park);
        });
    }

    private void insert(Link link) {
        if (store.items.find(link.itemId()).isEmpty()) {
            throw new DataIntegrityViolationException("there is no item " + link.itemId());
        }
        Link clean = Nuls.outOf(link);
        checkUnique(clean);
        store.links.insert(clean.id(), clean.learntAt(store.next()));
    }

    private void update(Link link) {
        Link clean = Nuls.outOf(link);
        store.links.updateIfPresent(clean.id(), before -> {
            checkUnique(clean);
            boolean learns = !Objects.equals(before.version(), clean.version())
                    || !Objects.equals(before.base(), clean.base())
                    || before.state() != clean.state();
            return clean.learntAt(learns ? store.next() : before.learnt());
        });
    }

    @Override
    public long tick() {
        return store.last();
    }

    private void note(JournalEntry entry) {
        store.journal.put(store.next(), entry);
    }

    private void close(UUID linkId, String resolution) {
        store.conflicts.stream()
                .filter(conflict ->
                        conflict.open() && conflict.content().linkId().equals(linkId))
                .toList()
                .forEach(conflict -> store.conflicts.put(
                        conflict.content().id(),
                        new MemoryStore.Conflict(
                                conflict.content(),
                                false,
                                resolution,
                                Objects.requireNonNullElse(conflict.resolvedBy(), "hub"))));
    }

    private void open(OpenConflict conflict) {
        Optional<MemoryStore.Conflict> open = store.conflicts.stream()
                .filter(known -> known.open() && known.content().linkId().equals(conflict.linkId()))
                .findFirst();
        if (open.isEmpty()) {
            store.conflicts.insert(conflict.id(), new MemoryStore.Conflict(conflict, true, null, null));
            return;
        }
        OpenConflict was = open.get().content();
        OpenConflict now = new OpenConflict(
                was.id(),
                was.userId(),
                was.connectionId(),
                was.itemId(),
                was.linkId(),
                was.kind(),
                conflict.type(),
                conflict.title(),
                conflict.fields(),
                was.detectedAt());
        store.conflicts.put(
                was.id(),
                new MemoryStore.Conflict(
                        now, true, open.get().resolution(), open.get().resolvedBy()));
    }

    private void park(DeadLetter letter) {
        var place =
                new MemoryStore.Place(letter.connectionId(), letter.direction(), letter.externalId(), letter.part());
        UUID id = store.letters.find(place).map(DeadLetter::id).orElse(letter.id());
        store.letters.put(
                place,
                new DeadLetter(
                        id,
                        letter.userId(),
                        letter.connectionId(),
                        letter.collectionId(),
                        letter.jobId(),
                        letter.itemId(),
                        letter.linkId(),
                        letter.direction(),
                        letter.externalId(),
                        letter.part(),
                        letter.version(),
                        letter.fault(),
                        letter.message(),
                        letter.payload(),
                        letter.at()));
    }

    /** @throws DuplicateKeyException as the unique indexes of hub.link */
    private void checkUnique(Link link) {
        store.links.stream()
                .filter(other -> !other.id().equals(link.id()) && clash(link, other))
                .findFirst()
                .ifPresent(other -> {
                    throw new DuplicateKeyException(link + " cannot be beside " + other);
                });
    }

    private static boolean clash(Link link, Link other) {
        if (!Objects.equals(link.connectionId(), other.connectionId())) {
            return false;
        }
        boolean sameObject = link.externalId().equals(other.externalId());
        boolean sameItem = link.itemId().equals(other.itemId());
        if (link.connectionId() == null) {
            return sameObject || sameItem;
        }
        boolean bothCount = link.state() != Link.State.DETACHED && other.state() != Link.State.DETACHED;
        return bothCount
                && (sameItem
                        || sameObject
                                && !link.externalId().isEmpty()
                                && link.part().equals(other.part()));
    }

    // ---- pending

    @Override
    public List<UUID> next(UUID connectionId, boolean deletesHeld, int limit) {
        Instant now = store.clock.instant();
        return of(connectionId)
                .filter(link -> link.pending() && link.state() == Link.State.LIVE && !link.isQuarantined())
                .filter(link -> link.notBefore() == null || !link.notBefore().isAfter(now))
                .filter(link -> !deletesHeld || !isDeleted(link) || link.deleteAllowed())
                .sorted(Comparator.<Link, Long>comparing(link -> store.touched.get(link.itemId()))
                        .thenComparing(link -> link.id().toString()))
                .limit(limit)
                .map(Link::id)
                .toList();
    }

    @Override
    public List<UUID> after(UUID connectionId, UUID after, int limit) {
        return of(connectionId)
                .filter(link -> link.pending() && link.state() == Link.State.LIVE && !link.isQuarantined())
                .map(Link::id)
                .filter(id -> id.toString().compareTo(after.toString()) > 0)
                .sorted(Comparator.comparing(UUID::toString))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<UUID> item(UUID linkId) {
        return store.links
                .find(linkId)
                .filter(link -> link.state() != Link.State.DETACHED)
                .map(Link::itemId);
    }

    @Override
    public Deletes deletes(UUID connectionId) {
        List<Link> held = of(connectionId)
                .filter(link -> link.state() == Link.State.LIVE && link.base() != null)
                .toList();
        Instant since = store.clock.instant().minus(RECENTLY);
        Set<UUID> allowed = store.links.stream()
                .filter(Link::deleteAllowed)
                .map(Link::itemId)
                .collect(Collectors.toSet());
        long recent = store.journal.stream()
                .filter(entry -> connectionId.equals(entry.connectionId())
                        && entry.after() == null
                        && entry.cause().equals("push")
                        && entry.at().isAfter(since)
                        && !allowed.contains(entry.itemId()))
                .count();
        return new Deletes((int) held.stream().filter(this::isWaitingDelete).count(), (int) recent, held.size());
    }

    @Override
    public boolean hasDelete(UUID connectionId) {
        return of(connectionId).anyMatch(link -> link.state() == Link.State.LIVE && isWaitingDelete(link));
    }

    private boolean isWaitingDelete(Link link) {
        return link.pending() && !link.isQuarantined() && !link.deleteAllowed() && isDeleted(link);
    }

    private boolean isDeleted(Link link) {
        return store.items.get(link.itemId()).isDeleted();
    }

    // ---- gone

    @Override
    public List<UUID> next(UUID connectionId, UUID after, int limit) {
        return undecided(connectionId)
                .map(Link::id)
                // as PostgreSQL orders them: by their bytes
                .filter(id -> id.toString().compareTo(after.toString()) > 0)
                .sorted(Comparator.comparing(UUID::toString))
                .limit(limit)
                .toList();
    }

    @Override
    public List<UUID> among(UUID connectionId, Collection<String> externalIds) {
        return undecided(connectionId)
                .filter(link -> externalIds.contains(link.externalId()))
                .map(Link::id)
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
    }

    private Stream<Link> undecided(UUID connectionId) {
        return of(connectionId).filter(link -> link.state() == Link.State.GONE && !isAsked(link));
    }

    private boolean isAsked(Link link) {
        return store.conflicts.stream()
                .anyMatch(conflict ->
                        conflict.open() && conflict.content().linkId().equals(link.id()));
    }

    @Override
    public List<UUID> items(Collection<UUID> linkIds) {
        return linkIds.stream()
                .distinct()
                .flatMap(id -> store.links.find(id).stream())
                .map(Link::itemId)
                .toList();
    }

    @Override
    public List<Guard.Loss> losses(UUID connectionId) {
        return losses(
                connectionId,
                link -> link.state() == Link.State.GONE && !link.deleteAllowed() && !isAsked(link),
                NO_CHANGE);
    }

    @Override
    public List<Guard.Loss> losses(UUID connectionId, Collection<UUID> linkIds) {
        return losses(connectionId, linkIds, NO_CHANGE);
    }

    @Override
    public List<Guard.Loss> losses(UUID connectionId, Collection<UUID> linkIds, Layout layout) {
        return losses(connectionId, link -> linkIds.contains(link.id()) && !link.deleteAllowed(), layout);
    }

    private List<Guard.Loss> losses(UUID connectionId, Predicate<Link> lost, Layout layout) {
        Map<Optional<UUID>, List<Link>> byCollection = of(connectionId)
                .filter(link ->
                        (link.state() == Link.State.LIVE || link.state() == Link.State.GONE) && link.base() != null)
                .filter(link -> !layout.left().contains(link.id()))
                .collect(Collectors.groupingBy(
                        link -> Optional.ofNullable(layout.moved().getOrDefault(link.id(), link.collectionId())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        layout.fresh().keySet().forEach(place -> byCollection.computeIfAbsent(Optional.of(place), p -> List.of()));
        Function<Optional<UUID>, String> name =
                id -> id.map(known -> store.collections.get(known).ref().name()).orElse("");
        return byCollection.entrySet().stream()
                .map(entry -> new Guard.Loss(
                        name.apply(entry.getKey()), entry.getValue().size() + fresh(layout, entry.getKey()), (int)
                                entry.getValue().stream().filter(lost).count()))
                .sorted(Comparator.comparing(Guard.Loss::deletes).reversed())
                .toList();
    }

    private static int fresh(Layout layout, Optional<UUID> place) {
        return place.map(id -> layout.fresh().getOrDefault(id, 0)).orElse(0);
    }

    @Override
    public int recentlyHinted(UUID connectionId) {
        Instant now = store.clock.instant();
        Instant since = store.jobs.stream()
                .filter(job ->
                        job.connectionId().equals(connectionId) && job.status().equals("held"))
                .flatMap(job -> Stream.ofNullable(job.startedAt()))
                .min(Comparator.naturalOrder())
                .filter(asked -> asked.isBefore(now))
                .orElse(now)
                .minus(RECENTLY);
        Set<UUID> told = store.journal.stream()
                .filter(entry -> entry.connectionId() == null
                        && entry.after() == null
                        && entry.cause().equals("webhook")
                        && entry.at().isAfter(since))
                .map(JournalEntry::itemId)
                .collect(Collectors.toSet());
        return (int) of(connectionId)
                .filter(link -> link.state() == Link.State.DETACHED
                        && link.goneAt() != null
                        && link.goneAt().isAfter(since)
                        && !link.deleteAllowed()
                        && told.contains(link.itemId()))
                .count();
    }
}
