package io.dayflow.hub.sync;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides what a page of a connection's objects means for the items. Reads and locks through the store, and leaves what is
 * to be written in a {@link WriteSet}; the caller's transaction stores it, together with the cursor.
 */
@Component
class AbsorbPage {

    private final LinkStore store;
    private final Books books;

    AbsorbPage(LinkStore store, Books books) {
        this.store = store;
        this.books = books;
    }

    /**
     * Must run inside the transaction that stores the result.
     *
     * @param closed hears of each book that was open, once everything is decided
     */
    WriteSet decide(
            Context context,
            Profile profile,
            CollectionRef collection,
            Homes homes,
            Page page,
            Consumer<ItemBook> closed) {
        Sitting sitting = new Sitting(context, profile, collection, homes, page);
        WriteSet out = sitting.decide();
        sitting.open.values().forEach(closed);
        return out;
    }

    /** The work on one page. */
    private final class Sitting {

        private final Context context;
        private final Profile profile;
        private final CollectionRef collection;
        private final Homes homes;
        private final Page page;
        private final UUID connectionId;
        private final WriteSet out = new WriteSet();
        private final Map<UUID, ItemBook> open = new LinkedHashMap<>();
        private final Map<String, List<Link>> linksAt = new LinkedHashMap<>();
        private final Recognition recognition;
        private final Set<String> unwanted = new HashSet<>();
        private final Set<String> over = new HashSet<>();
        private final Map<String, ItemBook> away = new HashMap<>();
        private final Set<UUID> settled = new HashSet<>();
        private final Lookalikes lookalikes;
        private final Audit audit;
        private final Unreadable unreadable;

        Sitting(Context context, Profile profile, CollectionRef collection, Homes homes, Page page) {
            this.context = context;
            this.profile = profile;
            this.collection = collection;
            this.homes = homes;
            this.page = page;
            this.connectionId = profile.connection().id();
            this.unreadable = new Unreadable(out, context, collection, connectionId);
            this.lookalikes = new Lookalikes(profile, collection.kind());
            this.audit = new Audit(page.visit(), profile, out);
            this.recognition = new Recognition(connectionId, open.values());
        }

        WriteSet decide() {
            Set<String> ids = new LinkedHashSet<>(page.gone());
            page.objects().forEach(object -> ids.add(object.object().externalId()));
            List<Link> atFirst = store.find(connectionId, ids);
            List<Link> released = store.released(connectionId, ids);
            Set<UUID> itemIds = Stream.concat(atFirst.stream(), released.stream())
                    .map(Link::itemId)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Set<String> places = atFirst.stream()
                    .map(link -> place(link.externalId(), link.part()))
                    .collect(Collectors.toSet());
            itemIds.addAll(lookalikes.find(
                    store,
                    context.userId(),
                    page.objects(),
                    (externalId, part) -> places.contains(place(externalId, part))));
            Known known = store.lock(itemIds);
            open.putAll(books.open(context, known));
            // a calendar of events and tasks is two collections at one address: each walk speaks of its own kind only
            open.values().removeIf(book -> book.kind() != collection.kind());
            over.addAll(store.ended(connectionId, ids, page.readAt()));
            for (Link link : released) {
                ItemBook book = open.get(link.itemId());
                if (book == null || Moves.isUnwanted(book, link)) {
                    unwanted.add(place(link.externalId(), link.part()));
                } else {
                    away.put(place(link.externalId(), link.part()), book);
                }
            }
            for (ItemBook book : open.values()) {
                book.link(connectionId)
                        .ifPresent(link -> linksAt.computeIfAbsent(link.externalId(), id -> new ArrayList<>())
                                .add(link));
            }
            page.objects().forEach(this::object);
            page.gone().forEach(this::gone);
            open.values().forEach(this::close);
            return out;
        }

        private void object(Mapped mapped) {
            Fetched object = mapped.object();
            CollectionRef home = homes.of(mapped);
            Set<String> present = new HashSet<>();
            for (Mapped.Part part : mapped.parts()) {
                present.add(part.key());
                out.count(Count.READ);
                try {
                    part(object, part, home);
                } catch (InvalidItem e) {
                    unreadable.park(object, new Mapped.Problem(part.key(), e.getMessage()));
                }
            }
            boolean wholly =
                    mapped.problems().stream().anyMatch(problem -> problem.key().isEmpty());
            List<Link> here = linksAt.getOrDefault(object.externalId(), List.of());
            if (!mapped.problems().isEmpty() && Seen.isOutdated(object.version(), here, page.readAt(), profile)) {
                // it has been read since then: that it could not be says nothing any more
                out.leave(object.externalId());
                return;
            }
            mapped.problems().forEach(problem -> {
                present.add(problem.key());
                here.forEach(link -> await(link, problem.key()));
                unreadable.park(object, problem);
            });
            // of an object of another kind nothing was read here
            boolean ofThisKind = !mapped.parts().isEmpty() || !here.isEmpty();
            if (mapped.problems().isEmpty() && ofThisKind) {
                out.readable(connectionId, DeadLetter.Direction.INBOUND, object.externalId());
            }
            if (!wholly) {
                here.stream()
                        .filter(link -> !present.contains(link.part()) && link.base() != null)
                        .forEach(link -> markGone(link, page.readAt()));
            }
        }

        /** What cannot be read is not written over either: it goes on once it was read. */
        private void await(Link link, String part) {
            if (part.isEmpty() || part.equals(link.part())) {
                bookOf(link).link(connectionId).ifPresent(now -> bookOf(link).put(now.withPending(false)));
            }
        }

        /** @param home where the object lives; null if it is not kept in agreement there */
        private void part(Fetched object, Mapped.Part part, @Nullable CollectionRef home) {
            Seen seen = Seen.of(object, part, context.now());
            if (unwanted.contains(place(seen.externalId(), seen.part()))) {
                out.count(Count.UNCHANGED);
                return;
            }
            Optional<ItemBook> linked = recognition.linked(seen).or(() -> recognition.awaited(seen));
            if (linked.isPresent()) {
                update(linked.get(), seen, home);
                return;
            }
            if (home == null) {
                out.count(Count.UNCHANGED);
                return;
            }
            ItemBook returned = away.get(place(seen.externalId(), seen.part()));
            if (returned != null && Moves.takeBack(returned, connectionId, seen)) {
                update(returned, seen, home);
                return;
            }
            if (over.contains(seen.externalId()) || profile.pushes() && recognition.mayBeAwaited(seen.view())) {
                out.count(Count.UNCHANGED);
                out.leave(seen.externalId());
                return;
            }
            Optional<ItemBook> twin =
                    recognition.givenUp(seen.view()).or(() -> recognition.twin(lookalikes.item(seen.view())));
            if (twin.isPresent()) {
                firstContact(twin.get(), seen, home);
            } else {
                create(seen, home);
            }
        }

        private void update(ItemBook book, Seen seen, @Nullable CollectionRef home) {
            Link link = book.link(connectionId).orElseThrow();
            recognition.take(book);
            if (seen.mayBeOlder(link, page.readAt(), profile)) {
                out.count(Count.UNCHANGED);
                out.leave(seen.externalId());
                return;
            }
            if (seen.isPassedOver(link, page, profile)) {
                out.count(Count.UNCHANGED);
                return;
            }
            if (home == null) {
                Moves.release(book, link, seen, profile, out);
                out.count(Count.UPDATED);
                return;
            }
            if (link.state() == Link.State.DUPLICATE) {
                firstContact(book, seen, home);
                return;
            }
            long revision = book.stored().revision();
            boolean edited = book.isChanged();
            int conflicts = book.conflict(link) == null ? 0 : 1;
            Link known = audit.known(link, seen, context.now()).inCollection(home.id());
            Reconcile.seen(book, known, seen, profile);
            audit.compared(book, link, seen, home, edited);
            settled.add(book.id());
            Moves.follow(book, link, home, homes, seen.modifiedAt());
            Arrivals.note(book, link, seen, profile, out);
            if (conflicts == 0 && book.conflict(link) != null) {
                out.count(Count.CONFLICTS);
            }
            out.count(book.stored().revision() == revision ? Count.UNCHANGED : Count.UPDATED);
        }

        private void create(Seen seen, CollectionRef home) {
            ItemBook book = lookalikes.newcomer(context, seen, home);
            open.put(book.id(), book);
            recognition.take(book);
            settled.add(book.id());
            out.count(Count.CREATED);
            audit.created();
        }

        private void firstContact(ItemBook book, Seen seen, CollectionRef home) {
            recognition.take(book);
            settled.add(book.id());
            out.count(Duplicates.meet(book, seen, profile, home) ? Count.UNCHANGED : Count.CONFLICTS);
        }

        private void gone(String externalId) {
            linksAt.getOrDefault(externalId, List.of()).stream()
                    // what moved meanwhile is absent here, and that says nothing
                    .filter(link ->
                            link.collectionId() == null || link.collectionId().equals(collection.id()))
                    .forEach(link -> markGone(link, page.missedAt()));
            out.readable(connectionId, DeadLetter.Direction.INBOUND, externalId);
        }

        private void markGone(Link link, long missedAt) {
            if (link.learnt() > missedAt && link.state() == Link.State.LIVE) {
                out.leave(link.externalId());
            } else {
                audit.missed(bookOf(link), link);
                Reconcile.lost(bookOf(link), link);
            }
        }

        private ItemBook bookOf(Link link) {
            return Objects.requireNonNull(open.get(link.itemId()));
        }

        /** An edit of the row that nobody compared with the copy still has to reach it. */
        private void close(ItemBook book) {
            Optional<Link> compared = settled.contains(book.id()) ? book.link(connectionId) : Optional.empty();
            book.close(out, compared.map(Link::id).orElse(null));
        }

        private static String place(String externalId, String part) {
            return externalId + "\n" + part;
        }
    }
}
