package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.merge.FirstContact;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds, among the open books of a page, the item that an object of the side belongs to. Each book is given out once. */
final class Recognition {

    private static final List<String> TEXTS = List.of("title", "notes", "description");
    private static final List<String> TIMES = List.of("start", "due");

    private final UUID connectionId;
    private final Collection<ItemBook> open;
    private final Set<UUID> taken = new HashSet<>();
    private @Nullable Index index;

    /** @param open what is added to it after the first question belongs to an object already */
    Recognition(UUID connectionId, Collection<ItemBook> open) {
        this.connectionId = connectionId;
        this.open = open;
    }

    /** The book belongs to an object now. */
    void take(ItemBook book) {
        taken.add(book.id());
    }

    /** The item whose copy this is. */
    Optional<ItemBook> linked(Seen seen) {
        return free(index().byExternalId.get(seen.externalId()))
                .filter(book -> book.link(connectionId)
                        .filter(link -> link.externalId().equals(seen.externalId())
                                && (link.part().equals(seen.part())
                                        || link.base() == null && seen.part().isEmpty()))
                        .isPresent())
                .findFirst();
    }

    /**
     * An item whose create was sent without an answer, or whose copy has just gone elsewhere: known by its uid; on a side that
     * keeps none, an unanswered create is known by an id that the hub chose, or by what it sent.
     */
    Optional<ItemBook> awaited(Seen seen) {
        String uid = seen.view().text("uid");
        return free(uid == null ? index().unanswered : index().byUid.get(uid))
                .filter(book -> book.link(connectionId)
                        .filter(link -> uid == null
                                ? isNamed(book, link, seen) || holdsWhatWasSent(link, seen.view())
                                : link.base() == null || link.state() == Link.State.GONE)
                        .isPresent())
                .findFirst();
    }

    /** Whether it may be what came of a create that is not answered yet, and was edited or normalised since: the answer tells. */
    boolean mayBeAwaited(View seen) {
        return seen.text("uid") == null
                && free(index().unanswered)
                        .flatMap(book -> book.link(connectionId).stream())
                        .filter(Link::pending)
                        .anyMatch(link -> isLike(link, seen, TEXTS) || isLike(link, seen, TIMES));
    }

    /** The item whose create was given up, and may have come to be all the same: a person says. */
    Optional<ItemBook> givenUp(View seen) {
        return free(index().unanswered)
                .filter(book -> !book.isDeleted())
                .filter(book -> book.link(connectionId)
                        .filter(link -> !link.pending() && isLike(link, seen, TEXTS))
                        .isPresent())
                .findFirst();
    }

    private static boolean isLike(Link link, View b, List<String> fields) {
        View sent = link.base() == null ? link.intent() : null;
        return sent != null
                && fields.stream().anyMatch(field -> {
                    String text = sent.text(field);
                    String other = b.text(field);
                    return text != null && other != null && text.strip().equalsIgnoreCase(other.strip());
                });
    }

    private static boolean isNamed(ItemBook book, Link link, Seen seen) {
        return link.base() == null && seen.externalId().equals(book.id().toString());
    }

    private static boolean holdsWhatWasSent(Link link, View seen) {
        View sent = link.base() == null ? link.intent() : null;
        return sent != null && seen.only(sent.fields().keySet()).equals(sent);
    }

    /** An item without a copy on the connection that looks like what was seen: the same uid, else the same title and time. */
    Optional<ItemBook> twin(Item seen) {
        Index known = index();
        return alone(known.byUid.get(seen.uid()), seen)
                .or(() -> known.byKey.isEmpty() ? Optional.empty() : alone(known.byKey.get(matchKey(seen)), seen));
    }

    private Optional<ItemBook> alone(@Nullable List<ItemBook> books, Item seen) {
        return free(books)
                .filter(book -> !book.isDeleted() && book.kind() == seen.kind())
                .filter(book -> book.link(connectionId).isEmpty())
                .findFirst();
    }

    private Stream<ItemBook> free(@Nullable List<ItemBook> books) {
        return books == null ? Stream.empty() : books.stream().filter(book -> !taken.contains(book.id()));
    }

    /** What tells an item from another when nothing else does, whatever zone its user lives in. */
    static String matchKey(Item item) {
        return FirstContact.matchKey(item, ZoneOffset.UTC);
    }

    private Index index() {
        Index known = index;
        if (known == null) {
            known = new Index();
            index = known;
            open.forEach(known::add);
        }
        return known;
    }

    /** The open books by what they are known by; a book that is not given out yet keeps all of them. */
    private final class Index {
        private final Map<String, List<ItemBook>> byExternalId = new HashMap<>();
        private final Map<@Nullable String, List<ItemBook>> byUid = new HashMap<>();
        private final Map<String, List<ItemBook>> byKey = new HashMap<>();
        private final List<ItemBook> unanswered = new ArrayList<>();

        void add(ItemBook book) {
            Optional<Link> link = book.link(connectionId);
            link.ifPresent(copy -> byExternalId
                    .computeIfAbsent(copy.externalId(), id -> new ArrayList<>())
                    .add(book));
            if (link.filter(copy -> copy.base() == null && copy.intent() != null)
                    .isPresent()) {
                unanswered.add(book);
            }
            if (book.item().uid() != null) {
                byUid.computeIfAbsent(book.item().uid(), uid -> new ArrayList<>())
                        .add(book);
            }
            if (link.isEmpty()) {
                byKey.computeIfAbsent(matchKey(book.item()), key -> new ArrayList<>())
                        .add(book);
            }
        }
    }
}
