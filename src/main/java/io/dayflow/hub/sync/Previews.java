package io.dayflow.hub.sync;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.provider.CollectionRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * A run up to the write: the same decisions about the same pages, deletions and pushes, of which only what they would do
 * is kept, with its job. No side, item, link or cursor changes. Whether the run would be held is judged by where copies would lie.
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
            List<ItemBook> open = new ArrayList<>();
            Page news = forecast(run).news(page);
            WriteSet out = absorb.decide(context, run.profile(), collection, homes, news, open::add);
            Foresight foresight = new Foresight(run, forecast(run), context, pushes);
            foresight.page(out, open, news, collection);
            jobs.preview(run.jobId(), foresight.foreseen());
            jobs.add(run.jobId(), out.counts(), page.objects().size());
        });
    }

    /**
     * Says what would follow once every page was written: deletions, then pushes.
     *
     * @throws RunStopped if a person asked to pause or cancel
     */
    public void end(Run run) {
        int lost = gone(run);
        if (run.profile().pushes()) {
            pushes(run, lost);
        }
    }

    /** How many copies would be gone. */
    private int gone(Run run) {
        UUID connectionId = run.connection().id();
        List<UUID> lost = new ArrayList<>(forecast(run).gone());
        UUID after = new UUID(0, 0);
        for (List<UUID> known = gone.next(connectionId, after, BATCH);
                !known.isEmpty();
                known = gone.next(connectionId, after, BATCH)) {
            known.stream().filter(link -> !forecast(run).hasLooked(link)).forEach(lost::add);
            after = known.getLast();
        }
        if (lost.isEmpty()) {
            return 0;
        }
        deletions
                .held(
                        connectionId,
                        gone.losses(connectionId, lost, forecast(run).layout()))
                .ifPresent(reason -> hold(run, reason));
        batches(run, lost, link -> true, Foresight::lost);
        return lost.size();
    }

    private void pushes(Run run, int lost) {
        UUID connectionId = run.connection().id();
        UUID after = new UUID(0, 0);
        for (List<UUID> links = pending.after(connectionId, after, BATCH);
                !links.isEmpty();
                links = pending.after(connectionId, after, BATCH)) {
            after = links.getLast();
            batches(run, links, link -> !forecast(run).hasLooked(link), Foresight::pending);
        }
        int held = gone.losses(connectionId, List.of(), forecast(run).layout()).stream()
                .mapToInt(Guard.Loss::items)
                .sum();
        int recent = pending.deletes(connectionId).recent();
        guard.held(new PendingLinks.Deletes(forecast(run).deletes(), recent, held - lost))
                .ifPresent(reason -> hold(run, reason));
    }

    private void batches(Run run, List<UUID> linkIds, Predicate<UUID> which, BiConsumer<Foresight, ItemBook> what) {
        for (int from = 0; from < linkIds.size(); from += BATCH) {
            List<UUID> batch = linkIds.subList(from, Math.min(linkIds.size(), from + BATCH)).stream()
                    .filter(which)
                    .toList();
            jobs.obey(run.jobId());
            transaction.execute(() -> {
                leases.fence(run.lease());
                Context context = context(run);
                Foresight foresight = new Foresight(run, forecast(run), context, pushes);
                books.open(context, store.lock(gone.items(batch)))
                        .values()
                        .forEach(book -> what.accept(foresight, book));
                jobs.preview(run.jobId(), foresight.foreseen());
            });
        }
    }

    private void hold(Run run, String reason) {
        jobs.preview(run.jobId(), List.of(new Foreseen(null, Foreseen.What.HOLD, null, "", null, null, reason)));
    }

    private Context context(Run run) {
        UUID userId = run.connection().userId();
        return new Context(userId, planner.zone(userId), planner, clock.instant(), ids, run.jobId(), "sync");
    }

    private static Forecast forecast(Run run) {
        return Objects.requireNonNull(run.forecast(), "the run is no preview");
    }
}
