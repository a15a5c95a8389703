package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.FirstContact;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /** Must run inside the transaction that stores the result. */
    WriteSet decide(Context context, Profile profile, CollectionRef collection, Page page) {
        return new Sitting(context, profile, collection, page).decide();
    }

    /** The work on one page. */
    private final class Sitting {

        private final Context context;
        private final Profile profile;
        private final CollectionRef collection;
        private final Page page;
        private final UUID connectionId;
        private final WriteSet out = new WriteSet();
        private final Map<UUID, ItemBook> open = new LinkedHashMap<>();
        private final Map<String, List<Link>> linksAt = new LinkedHashMap<>();
        private final Recognition recognition;
        private final Set<String> released = new HashSet<>();

        Sitting(Context context, Profile profile, CollectionRef collection, Page page) {
            this.context = context;
            this.profile = profile;
            this.collection = collection;
            this.page = page;
            this.connectionId = profile.connection().id();
            this.recognition = new Recognition(connectionId, open.values());
        }

        WriteSet decide() {
            Set<String> ids = new LinkedHashSet<>(page.gone());
            page.objects().forEach(object -> ids.add(object.object().externalId()));
            List<Link> atFirst = store.find(connectionId, ids);
            store.released(connectionId, ids).forEach(link -> released.add(place(link)));
            Set<UUID> itemIds = atFirst.stream().map(Link::itemId).collect(Collectors.toCollection(LinkedHashSet::new));
            itemIds.addAll(lookalikes(atFirst));
            Known known = store.lock(itemIds);
            open.putAll(books.open(context, known));
            // a calendar of events and tasks is two collections at one address: each walk speaks of its own kind only
            open.values().removeIf(book -> book.kind() != collection.kind());
            for (ItemBook book : open.values()) {
                book.link(connectionId)
                        .ifPresent(link -> linksAt.computeIfAbsent(link.externalId(), id -> new ArrayList<>())
                                .add(link));
            }
            page.objects().forEach(this::object);
            page.gone().forEach(this::gone);
            open.values().forEach(book -> close(book, book.link(connectionId).orElse(null)));
            return out;
        }

        private List<UUID> lookalikes(List<Link> atFirst) {
            Set<String> places = atFirst.stream().map(Sitting::place).collect(Collectors.toSet());
            Set<String> uids = new HashSet<>();
            Set<String> keys = new HashSet<>();
            for (Mapped object : page.objects()) {
                for (Mapped.Part part : object.parts()) {
                    if (!places.contains(place(object.object().externalId(), part.key()))) {
                        String uid = part.view().text("uid");
                        if (uid != null) {
                            uids.add(uid);
                        }
                        keys.add(Recognition.matchKey(
                                profile.lens(collection.kind()).create(part.view())));
                    }
                }
            }
            return keys.isEmpty()
                    ? List.of()
                    : store.lookalikes(context.userId(), connectionId, collection.kind(), uids, keys);
        }

        private void object(Mapped mapped) {
            Fetched object = mapped.object();
            Set<String> present = new HashSet<>();
            for (Mapped.Part part : mapped.parts()) {
                present.add(part.key());
                out.count(Count.READ);
                try {
                    part(object, part);
                } catch (InvalidItem e) {
                    out.count(Count.FAILED);
                    out.park(Unreadable.letter(
                            context, collection, connectionId, object, new Mapped.Problem(part.key(), e.getMessage())));
                }
            }
            boolean wholly =
                    mapped.problems().stream().anyMatch(problem -> problem.key().isEmpty());
            mapped.problems().forEach(problem -> {
                present.add(problem.key());
                out.count(Count.FAILED);
                out.park(Unreadable.letter(context, collection, connectionId, object, problem));
            });
            if (mapped.problems().isEmpty()) {
                out.readable(connectionId, DeadLetter.Direction.INBOUND, object.externalId());
            }
            if (!wholly) {
                for (Link link : linksAt.getOrDefault(object.externalId(), List.of())) {
                    if (!present.contains(link.part()) && link.base() != null) {
                        markGone(link);
                    }
                }
            }
        }

        private void part(Fetched object, Mapped.Part part) {
            Seen seen = new Seen(
                    object.externalId(),
                    part.key(),
                    object.version(),
                    part.view(),
                    object.payload(),
                    part.modifiedAt() == null || part.modifiedAt().isAfter(context.now())
                            ? context.now()
                            : part.modifiedAt());
            if (released.contains(place(seen.externalId(), seen.part()))) {
                out.count(Count.UNCHANGED);
                return;
            }
            Optional<ItemBook> linked = recognition.linked(seen).or(() -> recognition.awaited(seen));
            if (linked.isPresent()) {
                update(linked.get(), seen);
                return;
            }
            Optional<ItemBook> twin =
                    recognition.twin(profile.lens(collection.kind()).create(seen.view()));
            if (twin.isPresent()) {
                firstContact(twin.get(), seen);
            } else {
                create(seen);
            }
        }

        private void update(ItemBook book, Seen seen) {
            Link link = book.link(connectionId).orElseThrow();
            recognition.take(book);
            long revision = book.stored().revision();
            if (link.state() == Link.State.DUPLICATE) {
                firstContact(book, seen);
                return;
            }
            int conflicts = book.conflict(link) == null ? 0 : 1;
            Reconcile.seen(book, link.inCollection(collection.id()), seen, profile);
            boolean hadToWrite = link.pending() || link.parkedRevision() != null;
            if (hadToWrite && !Reconcile.isEdited(book, book.link(connectionId).orElse(link), profile)) {
                // what could not be written, or whose answer was lost, is there now
                out.readable(connectionId, DeadLetter.Direction.OUTBOUND, seen.externalId());
                out.readable(
                        connectionId, DeadLetter.Direction.OUTBOUND, book.id().toString());
            }
            if (conflicts == 0 && book.conflict(link) != null) {
                out.count(Count.CONFLICTS);
            }
            out.count(book.stored().revision() == revision ? Count.UNCHANGED : Count.UPDATED);
        }

        private void create(Seen seen) {
            Item item = profile.lens(collection.kind()).create(seen.view());
            item = Item.of(item.view().with("list", TextNode.valueOf(collection.name())));
            ItemBook book = ItemBook.create(context, context.ids().get(), item, connectionId, null);
            book.addLink(Link.fresh(context.ids().get(), book.id(), connectionId, collection.id())
                    .seen(seen.externalId(), seen.part(), seen.version(), seen.view(), seen.extras()));
            open.put(book.id(), book);
            recognition.take(book);
            out.count(Count.CREATED);
        }

        /**
         * Whether an item that only DayFlow holds so far would be the very same row as the service tells it: what DayFlow
         * cannot say (a zone, the details of a rule) the hub made up for it, and gives way.
         */
        private boolean sameRow(ItemBook book, Seen seen) {
            boolean onlyHere = book.stored().origin() == null
                    && book.links().stream()
                            .allMatch(link -> link.connectionId() == null || connectionId.equals(link.connectionId()));
            Lens row = context.planner().lens(book.kind(), context.zone());
            Item theirs = profile.lens(book.kind()).absorb(book.item(), seen.view());
            return onlyHere && row.project(theirs).equals(row.project(book.item()));
        }

        /** Two items meet that might be one: adopted if they agree in every field, else a person says. */
        private void firstContact(ItemBook book, Seen seen) {
            recognition.take(book);
            View ours = profile.lens(book.kind()).project(book.item());
            Link link = book.link(connectionId)
                    .orElseGet(() -> Link.fresh(context.ids().get(), book.id(), connectionId, collection.id()));
            boolean known = book.link(connectionId).isPresent();
            Link now = link.seen(seen.externalId(), seen.part(), seen.version(), seen.view(), seen.extras());
            boolean agreed = FirstContact.agree(ours, seen.view()) || sameRow(book, seen);
            if (!agreed) {
                now = now.withState(Link.State.DUPLICATE, null);
            }
            if (known) {
                book.put(now);
            } else {
                book.addLink(now);
            }
            if (agreed) {
                // an identity that only the service knows is taken along without being an edit
                book.become(profile.lens(book.kind()).absorb(book.item(), seen.view()), context.now());
                book.closeConflict(now, "settled: they agree");
                out.count(Count.UNCHANGED);
            } else {
                book.openConflict(Duplicates.conflict(book, now, profile, ours, seen));
                out.count(Count.CONFLICTS);
            }
        }

        private void gone(String externalId) {
            linksAt.getOrDefault(externalId, List.of()).forEach(this::markGone);
            out.readable(connectionId, DeadLetter.Direction.INBOUND, externalId);
        }

        private void markGone(Link link) {
            ItemBook book = Objects.requireNonNull(open.get(link.itemId()));
            Link now = book.link(connectionId).orElse(link);
            if (now.base() == null || now.state() == Link.State.GONE) {
                return;
            }
            if (book.isDeleted()) {
                book.put(now.ended(context.now()));
                book.closeConflict(now, "settled: deleted on both sides");
            } else if (now.state() == Link.State.DUPLICATE) {
                book.put(now.ended(context.now()));
                book.closeConflict(now, "settled: the service no longer holds it");
            } else {
                book.put(now.withState(Link.State.GONE, context.now()));
            }
        }

        private void close(ItemBook book, @Nullable Link source) {
            book.close(out, source == null ? null : source.id());
        }

        private static String place(Link link) {
            return place(link.externalId(), link.part());
        }

        private static String place(String externalId, String part) {
            return externalId + "\n" + part;
        }
    }
}
