package io.dayflow.hub.sync;

import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way through one collection's listing, page by page: what must be fetched, what is gone, and when the cursor may move.
 * Lives as long as a run's visit to the collection; used by one thread at a time.
 */
public final class Walk {

    /** What the hub knows of one object of the collection. */
    public record KnownObject(@Nullable String version, boolean verified, boolean live) {

        /** Of several items in one object, the one that most needs another look speaks for it. */
        public static KnownObject lessSure(KnownObject a, KnownObject b) {
            boolean same = a.version != null && a.version.equals(b.version);
            return new KnownObject(same ? a.version : null, a.verified && b.verified, a.live && b.live);
        }
    }

    /**
     * A part of a listing, small enough for one transaction.
     *
     * @param fetch ids of objects to be fetched: news, and what a listing of the visible does not name
     * @param absent those of {@code fetch} that the listing does not name, so that a look proves whether they are gone
     * @param atHand objects that the listing itself brought
     * @param gone ids of objects proven to be gone; only in the last part
     * @param cursor only in the last part, and only where it may be saved
     */
    public record Chunk(
            List<String> fetch,
            Set<String> absent,
            List<Fetched> atHand,
            Set<String> gone,
            @Nullable String cursor) {

        /** Nothing of a listing: for objects that were looked at by themselves. */
        public static final Chunk NOTHING = new Chunk(List.of(), Set.of(), List.of(), Set.of(), null);

        private Chunk part(List<String> fetch, List<Fetched> atHand) {
            return new Chunk(fetch, absent, atHand, Set.of(), null);
        }

        private Chunk last(Chunk all) {
            return new Chunk(fetch, absent, atHand, all.gone, all.cursor);
        }
    }

    /** How many listings in a row may name an object that is not there when it is looked at. */
    private static final int PATIENCE = 3;

    private final Map<String, KnownObject> known;
    private final Map<String, String> unreadable;
    private final Set<String> listed = new HashSet<>();
    private final Set<String> met = new HashSet<>();
    private final Set<String> ended;
    private final Visit visit;
    private final Set<String> toldGone = new HashSet<>();
    private Listing.Coverage coverage = Listing.Coverage.EVERYTHING;
    private boolean more = true;
    private boolean inDoubt;
    private final int doubts;
    private final long begun;
    private CollectionRef collection;
    private long tick;

    /**
     * @param doubts how many walks before this one ended in doubt
     * @param known by id
     * @param unreadable the versions that could not be read, by id
     * @param ended ids of objects whose copies have ended
     * @param visit what it is for
     * @param tick the store's before any of this was read
     */
    Walk(
            CollectionRef collection,
            int doubts,
            Map<String, KnownObject> known,
            Map<String, String> unreadable,
            Set<String> ended,
            Visit visit,
            long tick) {
        this.collection = collection;
        this.doubts = doubts;
        this.known = known;
        this.unreadable = unreadable;
        this.ended = ended;
        this.visit = visit;
        this.begun = tick;
        this.tick = tick;
    }

    /** Where the walk is: the collection, with the cursor to go on from. */
    public CollectionRef collection() {
        return collection;
    }

    public boolean hasMore() {
        return more;
    }

    /** There is nothing more to see. */
    void end() {
        more = false;
    }

    /** Takes in the next page of the listing and says what to do about it. There is always at least one chunk. */
    public List<Chunk> next(Listing listing, int size) {
        if (coverage == Listing.Coverage.CHANGES && listing.coverage() != Listing.Coverage.CHANGES) {
            // the cursor was worth nothing any more: an enumeration begins here, as far as can be told, so that a look
            // must prove
            // what it does not name
            met.addAll(listed);
            listed.clear();
            coverage = Listing.Coverage.VISIBLE;
        } else {
            coverage = coverage.and(listing.coverage());
        }
        more = listing.more();
        Set<String> gone = new LinkedHashSet<>();
        Set<String> absent = Set.of();
        List<String> fetch = new ArrayList<>();
        List<Fetched> atHand = new ArrayList<>();
        for (Listing.Entry entry : listing.entries()) {
            if (entry.gone()) {
                // also of what this walk, or somebody beside it, has brought meanwhile
                toldGone.add(entry.externalId());
                gone.add(entry.externalId());
                listed.remove(entry.externalId());
                fetch.remove(entry.externalId());
                atHand.removeIf(object -> object.externalId().equals(entry.externalId()));
                continue;
            }
            if (entry.elsewhere() && !isKnown(entry.externalId()) && !listed.contains(entry.externalId())) {
                continue;
            }
            // the last word counts
            gone.remove(entry.externalId());
            toldGone.remove(entry.externalId());
            listed.add(entry.externalId());
            if (!isNews(entry)) {
                continue;
            }
            // a listing may be late: what ended is not believed to be there again without a look
            if (entry.payload() == null || ended.contains(entry.externalId()) || isDoubtful(entry)) {
                fetch.add(entry.externalId());
            } else {
                atHand.add(new Fetched(entry.externalId(), entry.version(), entry.payload()));
            }
        }
        if (!more) {
            switch (coverage) {
                case CHANGES -> {}
                case VISIBLE -> {
                    absent = new LinkedHashSet<>(absent());
                    absent.removeAll(toldGone);
                    fetch.addAll(absent);
                }
                case EVERYTHING -> gone.addAll(absent());
            }
        }
        // until an enumeration is whole its cursor proves nothing: a run that dies on the way starts it anew
        boolean save = coverage == Listing.Coverage.CHANGES || !more;
        collection = collection.from(listing.cursor());
        return chunks(new Chunk(fetch, absent, atHand, gone, save ? listing.cursor() : null), size);
    }

    private boolean isKnown(String externalId) {
        return known.containsKey(externalId) || unreadable.containsKey(externalId);
    }

    /** What the hub knows of the collection and no page named, in an order that is always the same. */
    private List<String> absent() {
        return Stream.of(known.keySet(), unreadable.keySet(), met)
                .flatMap(Set::stream)
                .filter(id -> !listed.contains(id))
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isNews(Listing.Entry entry) {
        if (entry.elsewhere() && known.containsKey(entry.externalId())) {
            return true;
        }
        if (entry.version() == null) {
            return true;
        }
        if (entry.version().equals(unreadable.get(entry.externalId()))) {
            return visit.everything();
        }
        KnownObject object = known.get(entry.externalId());
        return visit.everything()
                || object == null
                || !object.live()
                || !object.verified()
                || !entry.version().equals(object.version());
    }

    /** In an audit a listing is no witness against what is known, for it may be late: the object itself is. */
    private boolean isDoubtful(Listing.Entry entry) {
        KnownObject object = known.get(entry.externalId());
        boolean same = object != null
                && object.verified()
                && entry.version() != null
                && entry.version().equals(object.version());
        return visit.audits() && !same;
    }

    private static List<Chunk> chunks(Chunk all, int size) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < all.fetch().size(); from += size) {
            List<String> part = all.fetch().subList(from, Math.min(all.fetch().size(), from + size));
            chunks.add(all.part(List.copyOf(part), List.of()));
        }
        for (int from = 0; from < all.atHand().size(); from += size) {
            List<Fetched> part =
                    all.atHand().subList(from, Math.min(all.atHand().size(), from + size));
            chunks.add(all.part(List.of(), List.copyOf(part)));
        }
        Chunk last = chunks.isEmpty() ? all.part(List.of(), List.of()) : chunks.removeLast();
        chunks.add(last.last(all));
        return chunks;
    }

    /**
     * The page that a chunk has become. An object that the listing had just named and that is not there when it is looked
     * at is no deletion yet: it is left alone, and no cursor moves past it, so that the next listing tells. One that stays
     * so is unreadable.
     *
     * @param read the objects that are there
     * @param missing ids of those that are not
     */
    public Page page(Chunk chunk, List<Mapped> read, Collection<String> missing) {
        List<Mapped> objects = new ArrayList<>(read);
        Set<String> gone = new HashSet<>(chunk.gone());
        for (String id : missing) {
            if (chunk.absent().contains(id)) {
                gone.add(id);
            } else if (doubts < PATIENCE) {
                inDoubt = true;
            } else {
                objects.add(Inbound.unreadable(
                        new Fetched(id, null, null), "The service lists it, but says that it is not there."));
            }
        }
        // a listing may be late, a look is not
        long readAt = chunk.fetch().isEmpty() ? begun : tick;
        return new Page(objects, gone, inDoubt ? null : chunk.cursor(), readAt, begun, visit);
    }

    /** Everything that was looked at so far is written; looks from now on come after this tick. */
    void goOn(long now) {
        tick = now;
    }

    /** These objects of a page could not be judged yet: the next listing has to tell. */
    public void left(Set<String> externalIds) {
        inDoubt |= !externalIds.isEmpty();
    }

    /** Whether the walk has met something that only the next listing can tell. */
    public boolean isInDoubt() {
        return inDoubt;
    }
}
