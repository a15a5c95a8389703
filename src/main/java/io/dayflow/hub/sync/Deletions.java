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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What became of the copies that a service no longer holds: judged together at the end of a run, so that one that would
 * delete too much is held, and only then carried over.
 */
@Component
public class Deletions {

    private static final int BATCH = 100;

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Leases leases;
    private final JobProgress jobs;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final JdbcClient jdbc;
    private final GuardLimits limits;

    Deletions(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Leases leases,
            JobProgress jobs,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids,
            JdbcClient jdbc,
            SyncSettings settings) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.leases = leases;
        this.jobs = jobs;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
        this.jdbc = jdbc;
        this.limits = new GuardLimits(settings.guardCount(), settings.guardPercent());
    }

    /** Why the run must be held, if it must. */
    Optional<String> held(UUID connectionId) {
        List<Guard.Loss> losses = jdbc.sql("""
                        select coalesce(c.name, '') as name, count(*) as items,
                               count(*) filter (where l.state = 'gone' and not l.delete_allowed and not asked.is_open) as gone
                        from hub.link l
                        left join hub.collection c on c.id = l.collection_id
                        cross join lateral (select exists (select 1 from hub.conflict x
                                                           where x.link_id = l.id and x.status = 'open') as is_open) asked
                        where l.connection_id = :connection and l.state in ('live', 'gone') and l.base is not null
                        group by c.id, c.name
                        order by gone desc
                        """)
                .param("connection", connectionId)
                .query((row, n) -> new Guard.Loss(row.getString("name"), row.getInt("items"), row.getInt("gone")))
                .list();
        int recent = losses.stream().anyMatch(loss -> loss.deletes() > 0) ? recentlyHinted(connectionId) : 0;
        int deletes = losses.stream().mapToInt(Guard.Loss::deletes).sum() + recent;
        int total = losses.stream().mapToInt(Guard.Loss::items).sum() + recent;
        return switch (Guard.verdict(
                deletes, total, losses.stream().filter(l -> l.deletes() > 0).toList(), limits)) {
            case Guard.Verdict.Pass pass -> Optional.empty();
            case Guard.Verdict.Hold hold -> Optional.of(hold.reason());
        };
    }

    /** Carries over everything that is gone and not under conflict. */
    void apply(Run run) {
        UUID after = new UUID(0, 0);
        while (true) {
            List<UUID> links = waiting(run.connection().id(), after);
            if (links.isEmpty()) {
                return;
            }
            carryOver(run.lease(), run.profile(), run.jobId(), "sync", links);
            after = links.getLast();
        }
    }

    private List<UUID> waiting(UUID connectionId, UUID after) {
        return jdbc.sql("""
                        select l.id from hub.link l
                        where l.connection_id = :connection and l.state = 'gone' and l.id > :after
                          and not exists (select 1 from hub.conflict x where x.link_id = l.id and x.status = 'open')
                        order by l.id limit :limit
                        """)
                .param("connection", connectionId)
                .param("after", after)
                .param("limit", BATCH)
                .query(UUID.class)
                .list();
    }

    /**
     * How many deletions webhooks told in the last five minutes, or before and since the question that is still open: what
     * comes one by one is judged as if it had come at once.
     */
    int recentlyHinted(UUID connectionId) {
        return jdbc.sql("""
                        with since as (
                            select least(now(), min(started_at)) - interval '5 minutes' as at
                            from hub.job where connection_id = :connection and status = 'held')
                        select count(*) from hub.link l cross join since
                        where l.connection_id = :connection and l.state = 'detached' and l.gone_at > since.at
                          and not l.delete_allowed
                          and exists (select 1 from hub.journal j
                                      where j.item_id = l.item_id and j.connection_id is null and j.operation = 'delete'
                                        and j.cause = 'webhook' and j.at > since.at)
                        """)
                .param("connection", connectionId)
                .query(Integer.class)
                .single();
    }

    /** Carries the deletion of these copies over, in one transaction. */
    void carryOver(Lease lease, Profile profile, @Nullable UUID jobId, String cause, List<UUID> linkIds) {
        transaction.execute(() -> {
            leases.fence(lease);
            UUID userId = profile.connection().userId();
            Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, jobId, cause);
            WriteSet out = new WriteSet();
            List<UUID> items = jdbc.sql("select item_id from hub.link where id = any(:ids::uuid[])")
                    .param("ids", linkIds.stream().map(UUID::toString).toArray(String[]::new))
                    .query(UUID.class)
                    .list();
            Known known = store.lock(items);
            for (ItemBook book : books.open(context, known).values()) {
                Optional<Link> gone = book.link(profile.connection().id()).filter(l -> l.state() == Link.State.GONE);
                if (gone.isEmpty()) {
                    continue;
                }
                Link link = gone.get();
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
