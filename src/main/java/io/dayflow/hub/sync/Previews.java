package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.provider.CollectionRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A run up to the write: the same decisions about the same pages, deletions and pushes, of which only what they would do
 * is kept, with its job. No side, item, link or cursor changes. Whether the run would be held is judged by where copies lie
 * now: one that empties a collection only because others move away in the same run still asks, unannounced.
 */
@Component
public class Previews {

    private static final int BATCH = 100;

    private final HubTransaction transaction;
    private final LinkStore store;
    private final PendingLinks pending;
    private final GoneLinks gone;
    private final CollectionStore collections;
    private final JobStore jobs;
    private final Leases leases;
    private final Books books;
    private final Planner planner;
    private final AbsorbPage absorb;
    private final PushPlan pushes;
    private final PushGuard guard;
    private final Deletions deletions;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Previews(
            HubTransaction transaction,
            LinkStore store,
            PendingLinks pending,
            GoneLinks gone,
            CollectionStore collections,
            JobStore jobs,
            Leases leases,
            Books books,
            Planner planner,
            AbsorbPage absorb,
            PushPlan pushes,
            PushGuard guard,
            Deletions deletions,
            Clock clock,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.store = store;
        this.pending = pending;
        this.gone = gone;
        this.collections = collections;
        this.jobs = jobs;
        this.leases = leases;
        this.books = books;
        this.planner = planner;
        this.absorb = absorb;
        this.pushes = pushes;
        this.guard = guard;
        this.deletions = deletions;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Says what would become of a page.
     *
     * @throws LeaseLost if somebody else works on it now; nothing is noted then
     */
    public void page(Run run, CollectionRef collection, Page page) {
        transaction.execute(() -> {
            leases.fence(run.lease());
            Context context = context(run);
            Homes homes = new Homes(
                    collection, () -> collections.homes(run.connection().id(), collection.kind()));
            Account account = new Account(run, context);
            WriteSet out = absorb.decide(
                    context, run.profile(), collection, homes, forecast(run).news(page), account.books::add);
            account.rows(out);
            account.books.forEach(account::copy);
            jobs.preview(run.jobId(), account.foreseen);
            jobs.add(run.jobId(), out.counts(), page.objects().size());
        });
    }

    /** Says what would follow once every page was written: deletions, then pushes. */
    public void end(Run run) {
        gone(run);
        if (run.profile().pushes()) {
            pushes(run);
        }
    }

    private void gone(Run run) {
        UUID connectionId = run.connection().id();
        List<UUID> lost = new ArrayList<>(forecast(run).gone());
        UUID after = new UUID(0, 0);
        for (List<UUID> known = gone.next(connectionId, after, BATCH);
                !known.isEmpty();
                known = gone.next(connectionId, after, BATCH)) {
            lost.addAll(known);
            after = known.getLast();
        }
        if (lost.isEmpty()) {
            return;
        }
        deletions.held(connectionId, gone.losses(connectionId, lost)).ifPresent(reason -> hold(run, reason));
        for (int from = 0; from < lost.size(); from += BATCH) {
            List<UUID> links = lost.subList(from, Math.min(lost.size(), from + BATCH));
            transaction.execute(() -> {
                leases.fence(run.lease());
                Account account = new Account(run, context(run));
                open(account.context, gone.items(links)).forEach(book -> account.lost(book));
                jobs.preview(run.jobId(), account.foreseen);
            });
        }
    }

    private void pushes(Run run) {
        UUID connectionId = run.connection().id();
        guard.held(connectionId).ifPresent(reason -> hold(run, reason));
        UUID after = new UUID(0, 0);
        for (List<UUID> links = pending.after(connectionId, after, BATCH);
                !links.isEmpty();
                links = pending.after(connectionId, after, BATCH)) {
            after = links.getLast();
            List<UUID> items = links.stream()
                    .filter(link -> !forecast(run).hasLooked(link))
                    .flatMap(link -> pending.item(link).stream())
                    .toList();
            transaction.execute(() -> {
                leases.fence(run.lease());
                Account account = new Account(run, context(run));
                open(account.context, items).forEach(account::copy);
                jobs.preview(run.jobId(), account.foreseen);
            });
        }
    }

    private void hold(Run run, String reason) {
        jobs.preview(run.jobId(), List.of(new Foreseen(null, Foreseen.What.HOLD, null, "", null, null, reason)));
    }

    private Collection<ItemBook> open(Context context, List<UUID> items) {
        return books.open(context, store.lock(items)).values();
    }

    private Context context(Run run) {
        UUID userId = run.connection().userId();
        return new Context(userId, planner.zone(userId), planner, clock.instant(), ids, run.jobId(), "sync");
    }

    private static Forecast forecast(Run run) {
        return Objects.requireNonNull(run.forecast(), "the run is no preview");
    }

    /** What one transaction's worth of decisions would do. */
    private final class Account {

        private final Run run;
        private final Context context;
        private final UUID connectionId;
        private final List<ItemBook> books = new ArrayList<>();
        private final List<Foreseen> foreseen = new ArrayList<>();

        Account(Run run, Context context) {
            this.run = run;
            this.context = context;
            this.connectionId = run.connection().id();
        }

        /** What would be written in DayFlow, and asked. */
        void rows(WriteSet out) {
            Map<UUID, Item> items = new HashMap<>();
            for (StoredItem item : out.items()) {
                items.put(item.id(), item.item());
            }
            for (StoredItem item : out.newItems()) {
                items.put(item.id(), item.item());
            }
            for (JournalEntry entry : out.journal()) {
                Item item = items.get(entry.itemId());
                String title = item == null ? "" : item.title();
                UUID side = entry.connectionId();
                foreseen.add(Foreseen.write(side, entry.itemId(), title, entry.before(), entry.after()));
                if (side == null && entry.before() == null && item != null) {
                    loss(null, entry.itemId(), item, context.planner().lens(item.kind(), context.zone()));
                }
            }
            for (OpenConflict conflict : out.conflicts()) {
                String fields = String.join(
                        ", ",
                        conflict.fields().stream()
                                .map(OpenConflict.Field::field)
                                .toList());
                foreseen.add(new Foreseen(
                        connectionId, Foreseen.What.CONFLICT, conflict.itemId(), conflict.title(), null, null, fields));
            }
        }

        /** What would be written to the service of the item. */
        void copy(ItemBook book) {
            // those that end with this very page are looked at, too
            book.links().stream()
                    .filter(link -> connectionId.equals(link.connectionId()))
                    .forEach(link -> forecast(run).looked(link.id()));
            Optional<Link> found = book.link(connectionId);
            if (found.isEmpty()) {
                return;
            }
            Link link = found.get();
            if (link.state() == Link.State.GONE) {
                forecast(run).gone(link.id());
                return;
            }
            if (link.state() != Link.State.LIVE
                    || !link.pending()
                    || !run.profile().pushes()) {
                return;
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
            Link link = book.link(connectionId).orElseThrow();
            return Reconcile.desired(book, link, run.profile());
        }

        private void wrote(ItemBook book, @Nullable View before, @Nullable View after) {
            if (before == null && after == null || Objects.equals(before, after)) {
                return;
            }
            foreseen.add(Foreseen.write(connectionId, book.id(), book.item().title(), before, after));
            if (before == null) {
                loss(connectionId, book.id(), book.item(), run.profile().lens(book.kind()));
            }
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
            rows(out);
            if (book.link(connectionId)
                    .filter(kept -> kept.state() == Link.State.LIVE)
                    .isPresent()) {
                copy(book);
            }
        }

        /** Says once of an item what its new copy on a side would not hold. */
        private void loss(@Nullable UUID side, UUID itemId, Item item, Lens lens) {
            Losses.of(item, lens)
                    .ifPresent(note -> foreseen.add(
                            new Foreseen(side, Foreseen.What.LOSS, itemId, item.title(), null, null, note)));
        }
    }
}
