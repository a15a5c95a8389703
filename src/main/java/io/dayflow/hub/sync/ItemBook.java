package io.dayflow.hub.sync;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Difference;
import io.dayflow.hub.merge.Lens;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One item, open on the desk: what is known of it and its copies, changed step by step, then written out as a whole by
 * {@link #close}. Not thread-safe; lives as long as one transaction.
 */
final class ItemBook {

    private final Context context;
    private final boolean fresh;
    private StoredItem stored;
    private final Map<UUID, Link> links = new LinkedHashMap<>();
    private final Map<UUID, Link> knownLinks = new HashMap<>();
    private final Set<UUID> newLinks = new HashSet<>();
    private final Set<UUID> touchedLinks = new HashSet<>();
    private final BookConflicts conflicts = new BookConflicts();
    private final @Nullable StoredItem before;
    private Planner.@Nullable Row row;
    private Item asRead;
    private @Nullable InvalidItem refused;

    private ItemBook(Context context, StoredItem stored, boolean fresh) {
        this.context = context;
        this.stored = stored;
        this.fresh = fresh;
        this.before = fresh ? null : stored;
        this.asRead = stored.item();
    }

    /** A known item, with the row that was locked for it. */
    static ItemBook open(Context context, Known known, StoredItem stored, Planner.@Nullable Row row) {
        ItemBook book = new ItemBook(context, stored, false);
        for (Link link : known.links(stored.id())) {
            book.links.put(link.id(), link);
            book.knownLinks.put(link.id(), link);
            OpenConflict conflict = known.conflictsByLink().get(link.id());
            if (conflict != null) {
                book.conflicts.known(conflict);
            }
        }
        book.row = row;
        return book;
    }

    /** An item that nobody knew. Its id is also that of its DayFlow row. */
    static ItemBook create(Context context, UUID id, Item item, @Nullable UUID origin, Planner.@Nullable Row row) {
        ItemBook book =
                new ItemBook(context, new StoredItem(id, context.userId(), item, Map.of(), 1, origin, null), true);
        Link link = Link.fresh(context.ids().get(), id, null, null)
                .at(id.toString(), "")
                .inZone(context.zone().getId());
        book.row = row;
        book.addLink(row == null ? link : link.seen(id.toString(), "", null, row.view(), null));
        return book;
    }

    Context context() {
        return context;
    }

    UUID id() {
        return stored.id();
    }

    Item item() {
        return stored.item();
    }

    StoredItem stored() {
        return stored;
    }

    Kind kind() {
        return stored.item().kind();
    }

    boolean isDeleted() {
        return stored.isDeleted();
    }

    Collection<Link> links() {
        return links.values();
    }

    Optional<Link> link(UUID connectionId) {
        return links.values().stream()
                .filter(l -> connectionId.equals(l.connectionId()) && l.state() != Link.State.DETACHED)
                .findFirst();
    }

    void addLink(Link link) {
        newLinks.add(link.id());
        links.put(link.id(), link);
    }

    void put(Link link) {
        if (!link.equals(links.put(link.id(), link))) {
            touchedLinks.add(link.id());
        }
    }

    /** The link's copy is a new one at another place: that the former has ended is remembered, for listings may be late. */
    void leaves(Link link, String externalId) {
        if (!link.externalId().isEmpty() && !link.externalId().equals(externalId)) {
            addLink(Link.fresh(context.ids().get(), id(), link.connectionId(), link.collectionId())
                    .at(link.externalId(), link.part())
                    .ended(context.now()));
        }
    }

    @Nullable
    OpenConflict conflict(Link link) {
        return conflicts.of(link);
    }

    BookConflicts conflicts() {
        return conflicts;
    }

    /** The link as it is stored; empty for a new one. */
    Optional<Link> stored(Link link) {
        return Optional.ofNullable(knownLinks.get(link.id()));
    }

    /** Whether the item is another than the stored one by now, be it by what DayFlow's row was found to hold. */
    boolean isChanged() {
        return before == null || before.revision() != stored.revision();
    }

    /** The item as it is stored; empty for a new one. */
    Optional<Item> former() {
        return Optional.ofNullable(before).map(StoredItem::item);
    }

    void openConflict(OpenConflict conflict) {
        conflicts.open(conflict);
    }

    void closeConflict(Link link, String resolution) {
        conflicts.close(link, resolution);
    }

    /** Takes other content; fields that differ count as edited at {@code editedAt}. */
    void become(Item item, Instant editedAt) {
        if (item.equals(stored.item())) {
            return;
        }
        Map<String, Instant> edited = new HashMap<>(stored.edited());
        Difference.between(stored.item().view(), item.view()).fields().forEach(field -> edited.put(field, editedAt));
        stored = stored.changed(item, edited);
    }

    /** Becomes what a side made of it, which is no edit. */
    void takeOn(Item item) {
        if (!item.equals(stored.item())) {
            stored = stored.changed(item, stored.edited());
        }
    }

    void delete(Instant at) {
        if (!stored.isDeleted()) {
            stored = stored.deleted(at);
        }
    }

    /** Somebody wants a deleted item back: it goes to the sides again that had it. */
    void restore() {
        if (stored.isDeleted()) {
            Revival.of(this);
        }
    }

    /** It is deleted no more; what becomes of its copies is the caller's business. */
    void undelete() {
        stored = stored.deleted(null);
    }

    /**
     * Takes in what DayFlow's row holds, if somebody other than the hub changed it.
     *
     * @param at when that happened, as far as known
     */
    void absorbRow(Instant at) {
        Link link = dayflowLink();
        if (row == null) {
            if (link.base() != null && !stored.isDeleted()) {
                delete(at);
                put(link.withState(Link.State.GONE, at));
            }
            return;
        }
        View seen = row.view();
        if (stored.isDeleted()) {
            restore();
        }
        if (!seen.equals(link.base())) {
            Lens lens = context.planner().lens(kind(), zoneOf(link));
            try {
                become(lens.absorb(item(), seen), at);
                put(link.seen(link.externalId(), "", null, seen, null));
            } catch (InvalidItem e) {
                refused = e;
            }
        }
        asRead = item();
    }

    /** Writes what changed, DayFlow's row and the wake of the other sides included. */
    void close(WriteSet out, @Nullable UUID sourceLink) {
        if (refused == null) {
            writeRow(out);
        } else {
            RefusedRow.letters(this, row, refused).forEach(out::park);
        }
        boolean changed = isChanged();
        if (changed) {
            for (Link link : List.copyOf(links.values())) {
                boolean other = link.connectionId() != null && !link.id().equals(sourceLink);
                if (other && link.state() == Link.State.LIVE && !link.pending()) {
                    put(link.withPending(true));
                }
            }
        }
        if (fresh) {
            out.insert(stored);
        } else if (changed) {
            out.update(stored);
        }
        for (Link link : links.values()) {
            if (newLinks.contains(link.id())) {
                out.insert(link);
            } else if (touchedLinks.contains(link.id())) {
                out.update(link);
            }
        }
        conflicts.writeTo(out, context.jobId());
    }

    private void writeRow(WriteSet out) {
        Link link = dayflowLink();
        View held = row == null ? null : row.view();
        View wanted = stored.isDeleted()
                ? null
                : context.planner().lens(kind(), context.zone()).project(item());
        if (wanted == null) {
            if (held != null) {
                out.write(new RowWrite(rowId(link), context.userId(), kind(), held, null));
                out.journal(RowEntries.of(context, id(), held, null, asRead, item()));
                put(link.withState(Link.State.GONE, context.now()));
            }
            return;
        }
        if (!wanted.equals(held)) {
            out.write(new RowWrite(rowId(link), context.userId(), kind(), held, wanted));
            out.journal(RowEntries.of(context, id(), held, wanted, asRead, item()));
        }
        put(link.seen(link.externalId(), "", null, wanted, null)
                .inZone(context.zone().getId()));
    }

    private Link dayflowLink() {
        return links.values().stream()
                .filter(l -> l.connectionId() == null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("item " + id() + " has no link to DayFlow"));
    }

    private static UUID rowId(Link link) {
        return UUID.fromString(link.externalId());
    }

    private ZoneId zoneOf(Link link) {
        return link.zone() == null ? context.zone() : ZoneId.of(link.zone());
    }
}
