package io.dayflow.hub.sync;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.merge.GuardLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of the copies that a service no longer holds: judged together at the end of a run, so that one that would
 * delete too much is held, and only then carried over.
 */
@Component
public class Deletions {

    private static final int BATCH = 100;

    private final GoneLinks gone;
    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Leases leases;
    private final JobStore jobs;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final GuardLimits limits;

    Deletions(
            GoneLinks gone,
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Leases leases,
            JobStore jobs,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids,
            SyncSettings settings) {
        this.gone = gone;
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.leases = leases;
        this.jobs = jobs;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
        this.limits = new GuardLimits(settings.guardCount(), settings.guardPercent());
    }

    /** Why the run must be held, if it must. */
    Optional<String> held(UUID connectionId) {
        return held(connectionId, gone.losses(connectionId));
    }

    /** Why a run that loses these must be held, if it must. */
    Optional<String> held(UUID connectionId, List<Guard.Loss> losses) {
        int recent = losses.stream().anyMatch(loss -> loss.deletes() > 0) ? gone.recentlyHinted(connectionId) : 0;
        int deletes = losses.stream().mapToInt(Guard.Loss::deletes).sum() + recent;
        int total = losses.stream().mapToInt(Guard.Loss::items).sum() + recent;
        return switch (Guard.verdict(
                deletes, total, losses.stream().filter(l -> l.deletes() > 0).toList(), limits)) {
            case Guard.Verdict.Pass pass -> Optional.empty();
            case Guard.Verdict.Hold hold -> Optional.of(hold.reason());
        };
    }

    /**
     * Carries over everything that is gone and not under conflict.
     *
     * @throws RunStopped if a person asked to pause or cancel; what is left is carried over by the next run
     */
    void apply(Run run) {
        UUID after = new UUID(0, 0);
        while (true) {
            List<UUID> links = gone.next(run.connection().id(), after, BATCH);
            if (links.isEmpty()) {
                return;
            }
            jobs.obey(run.jobId());
            carryOver(run.lease(), run.profile(), run.jobId(), run.cause(), links);
            after = links.getLast();
        }
    }

    /** Carries the deletion of these copies over, in one transaction. */
    void carryOver(Lease lease, Profile profile, @Nullable UUID jobId, String cause, List<UUID> linkIds) {
        transaction.execute(() -> {
            leases.fence(lease);
            UUID userId = profile.connection().userId();
            Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, jobId, cause);
            WriteSet out = new WriteSet();
            Known known = store.lock(gone.items(linkIds));
            for (ItemBook book : books.open(context, known).values()) {
                Optional<Link> lost = book.link(profile.connection().id()).filter(l -> l.state() == Link.State.GONE);
                if (lost.isEmpty()) {
                    continue;
                }
                Link link = lost.get();
                Instant at = Objects.requireNonNullElse(link.goneAt(), context.now());
                boolean wasDeleted = book.isDeleted();
                Reconcile.gone(book, link, profile, at);
                if (book.isDeleted() && !wasDeleted) {
                    out.count(Count.DELETED);
                }
                if (book.conflict(link) != null) {
                    out.count(Count.CONFLICTS);
                }
                book.close(out, link.id());
            }
            planner.write(out.rows());
            store.apply(out);
            if (jobId != null) {
                jobs.add(jobId, out.counts(), 0);
            }
            if (Stream.concat(out.links().stream(), out.newLinks().stream()).anyMatch(Link::pending)) {
                wake.pushes();
            }
        });
    }
}
