package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Difference;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.provider.CollectionRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one transaction's worth of decisions of a preview would do. Not thread-safe. */
final class Foresight {

    private final Run run;
    private final Forecast forecast;
    private final Context context;
    private final PushPlan pushes;
    private final UUID connectionId;
    private final List<Foreseen> foreseen = new ArrayList<>();

    Foresight(Run run, Forecast forecast, Context context, PushPlan pushes) {
        this.run = run;
        this.forecast = forecast;
        this.context = context;
        this.pushes = pushes;
        this.connectionId = run.connection().id();
    }

    List<Foreseen> foreseen() {
        return foreseen;
    }

    /**
     * A page was decided: what it would write in DayFlow, then to the service, and what it would ask. What it opened and says
     * nothing of is left to the page that does.
     */
    void page(WriteSet out, Collection<ItemBook> books, Page page, CollectionRef collection) {
        rows(out, books);
        Predicate<Link> told = page.told(collection);
        for (ItemBook book : books) {
            if (book.links().stream().anyMatch(told)) {
                copy(book);
                conflicts(book);
            }
        }
    }

    /** A link waits to be pushed. */
    void pending(ItemBook book) {
        copy(book);
        WriteSet out = new WriteSet();
        book.close(out, book.link(connectionId).map(Link::id).orElse(null));
        rows(out, List.of(book));
        conflicts(book);
    }

    /** The copy would be gone: what that would mean. */
    void lost(ItemBook book) {
        Link link = book.link(connectionId).orElse(null);
        if (link == null || book.conflict(link) != null) {
            return;
        }
        Link now = link.state() == Link.State.GONE ? link : link.withState(Link.State.GONE, context.now());
        book.put(now);
        Reconcile.gone(book, now, run.profile(), Objects.requireNonNullElse(now.goneAt(), context.now()));
        WriteSet out = new WriteSet();
        book.close(out, now.id());
        rows(out, List.of(book));
        boolean comesBack = book.link(connectionId)
                .filter(kept -> kept.state() == Link.State.LIVE)
                .isPresent();
        if (comesBack) {
            copy(book);
        }
        conflicts(book);
    }

    private void rows(WriteSet out, Collection<ItemBook> books) {
        Map<UUID, ItemBook> byItem = new HashMap<>();
        books.forEach(book -> byItem.put(book.id(), book));
        Map<UUID, StoredItem> items = new HashMap<>();
        out.items().forEach(item -> items.put(item.id(), item));
        out.newItems().forEach(item -> items.put(item.id(), item));
        for (JournalEntry entry : out.journal()) {
            StoredItem stored = items.get(entry.itemId());
            ItemBook book = byItem.get(entry.itemId());
            Item item = stored != null ? stored.item() : book == null ? null : book.item();
            foreseen.add(Foreseen.write(
                    entry.connectionId(),
                    entry.itemId(),
                    item == null ? "" : item.title(),
                    entry.before(),
                    entry.after()));
            if (entry.connectionId() == null && entry.after() != null && book != null) {
                loss(null, book, entry.before() == null, planner(book));
            }
        }
    }

    private Lens planner(ItemBook book) {
        return context.planner().lens(book.kind(), context.zone());
    }

    /** What would be written to the service of the item. */
    private void copy(ItemBook book) {
        // those that end with this very page are looked at, too
        for (Link link : book.links()) {
            if (connectionId.equals(link.connectionId())) {
                forecast.looked(link.id());
                forecast.lies(book.stored(link), link);
            }
        }
        Link link = book.link(connectionId).orElse(null);
        if (link == null) {
            return;
        }
        if (link.state() == Link.State.GONE) {
            if (book.conflict(link) == null) {
                forecast.gone(link);
            }
            return;
        }
        if (link.state() != Link.State.LIVE || !link.pending() || !run.profile().pushes()) {
            return;
        }
        if (book.isDeleted() && link.base() != null && !link.deleteAllowed()) {
            forecast.deletes(1);
        }
        View before = link.base();
        switch (pushes.plan(run.profile(), book, link)) {
            case PushTask.Write write when write.push().desired() == null -> wrote(book, before, null);
            case PushTask.Write write -> wrote(book, before, desired(book));
            case PushTask.Look look -> wrote(book, before, book.isDeleted() ? null : desired(book));
            case PushTask.Nothing nothing -> {}
        }
    }

    private View desired(ItemBook book) {
        return Reconcile.desired(book, book.link(connectionId).orElseThrow(), run.profile());
    }

    private void wrote(ItemBook book, @Nullable View before, @Nullable View after) {
        if (Objects.equals(before, after)) {
            return;
        }
        foreseen.add(Foreseen.write(connectionId, book.id(), book.item().title(), before, after));
        if (after != null) {
            loss(connectionId, book, before == null, run.profile().lens(book.kind()));
        }
    }

    private void conflicts(ItemBook book) {
        for (OpenConflict conflict : book.conflicts().opened()) {
            String fields = String.join(
                    ", ",
                    conflict.fields().stream().map(OpenConflict.Field::field).toList());
            conflict(conflict, Foreseen.What.CONFLICT, fields);
        }
        book.conflicts()
                .settled()
                .forEach((conflict, resolution) -> conflict(conflict, Foreseen.What.SETTLED, resolution));
    }

    private void conflict(OpenConflict conflict, Foreseen.What what, String note) {
        foreseen.add(
                new Foreseen(conflict.connectionId(), what, conflict.itemId(), conflict.title(), null, null, note));
    }

    /** Says once of an item what its copy on a side would not hold: of a new copy all of it, else what this run would bring. */
    private void loss(@Nullable UUID side, ItemBook book, boolean newCopy, Lens lens) {
        Optional<Item> former = newCopy ? Optional.empty() : book.former();
        if (!newCopy && former.isEmpty()) {
            return;
        }
        Set<String> news = former.map(item ->
                        Difference.between(item.view(), book.item().view()).fields())
                .orElse(null);
        Losses.of(book.item(), lens, news)
                .ifPresent(note -> foreseen.add(new Foreseen(
                        side, Foreseen.What.LOSS, book.id(), book.item().title(), null, null, note)));
    }
}
