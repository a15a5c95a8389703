package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The life of a run: due, leased, planned, page by page, done. What it is shows on its job and on its connection, and
 * survives the death of the instance that works on it.
 */
@Component
public class Runs {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);
    private static final String RESOURCE = "run:";

    private final HubTransaction transaction;
    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final Leases leases;
    private final JobProgress jobs;
    private final CollectionStore collections;
    private final Deletions deletions;
    private final DayflowChanges dayflow;
    private final RunStatus status;
    private final Supplier<UUID> ids;

    Runs(
            HubTransaction transaction,
            JdbcClient jdbc,
            Profiles profiles,
            Leases leases,
            JobProgress jobs,
            CollectionStore collections,
            Deletions deletions,
            DayflowChanges dayflow,
            RunStatus status,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.leases = leases;
        this.jobs = jobs;
        this.collections = collections;
        this.deletions = deletions;
        this.dayflow = dayflow;
        this.status = status;
        this.ids = ids;
    }

    /** Connections with something to run, each with a lease that this instance has just taken. */
    public List<RunLease> take() {
        List<UUID> due = jdbc.sql("""
                        select c.id from hub.connection c
                        where c.disconnected_at is null
                          and not exists (select 1 from hub.lease l
                                          where l.resource = 'run:' || c.id and l.until > clock_timestamp())
                          and (exists (select 1 from hub.job j
                                       where j.connection_id = c.id and j.status in ('pending', 'running'))
                               or (c.active and c.confirmed_at is not null and c.status <> 'needs_reconnect'
                                   and c.next_sync_at <= now() and (c.not_before is null or c.not_before <= now())
                                   and coalesce((c.settings ->> 'autoSync')::boolean, true)
                                   and coalesce(c.settings ->> 'syncDirection', '') <> 'manual'
                                   and not exists (select 1 from hub.job j
                                                   where j.connection_id = c.id and j.status = 'paused')))
                        order by c.next_sync_at nulls first
                        limit 50
                        """).query(UUID.class).list();
        List<RunLease> taken = new ArrayList<>();
        for (UUID connection : due) {
            leases.take(RESOURCE + connection).ifPresent(lease -> taken.add(new RunLease(connection, lease)));
        }
        return taken;
    }

    /** A connection, and the right to run it. */
    public record RunLease(UUID connectionId, Lease lease) {}

    /** Begins, or goes on with, the connection's job; empty if there is nothing to do any more. */
    public Optional<Run> begin(RunLease taken) {
        Optional<Profiles.Configured> found = profiles.find(taken.connectionId());
        if (found.isEmpty()) {
            leases.release(taken.lease());
            return Optional.empty();
        }
        Profiles.Configured configured = found.get();
        Run run = transaction.run(() -> {
            leases.fence(taken.lease());
            return openJob(taken, configured);
        });
        dayflow.adopt(run.connection().userId());
        return Optional.of(run);
    }

    /** @throws FaultException if the service asked for patience, and that time is not over */
    public void respectPause(Run run) {
        jdbc.sql("select not_before from hub.connection where id = :id and not_before > now()")
                .param("id", run.connection().id())
                .query((row, n) -> row.getTimestamp("not_before").toInstant())
                .optional()
                .ifPresent(until -> {
                    throw new FaultException(
                            new Fault.RateLimited("The service asked to be left alone until " + until + ".", until));
                });
    }

    private Run openJob(RunLease taken, Profiles.Configured configured) {
        UUID connectionId = taken.connectionId();
        record Open(UUID id, String mode, boolean preview, String operation) {}
        // the connection before its job, as whoever asks for a run locks them
        status.syncing(connectionId);
        // what is to come is counted anew by whoever goes on
        Optional<Open> open = jdbc.sql("""
                        update hub.job set status = 'running', started_at = coalesce(started_at, now()),
                            total = case when total is null then null else done end
                        where connection_id = :connection and status in ('pending', 'running')
                        returning id, mode, preview, operation
                        """)
                .param("connection", connectionId)
                .query((row, n) -> new Open(
                        row.getObject("id", UUID.class),
                        row.getString("mode"),
                        row.getBoolean("preview"),
                        row.getString("operation")))
                .optional();
        boolean scheduled = open.isEmpty();
        Open job = open.orElseGet(() -> new Open(ids.get(), "incremental", false, "incremental_sync"));
        if (scheduled) {
            jdbc.sql("""
                            insert into hub.job (id, connection_id, user_id, operation, mode, status, started_at)
                            values (:id, :connection, :user, 'incremental_sync', 'incremental', 'running', now())
                            """)
                    .param("id", job.id())
                    .param("connection", connectionId)
                    .param("user", configured.connection().userId())
                    .update();
        }
        return new Run(
                taken.lease(),
                job.id(),
                configured.profile(),
                configured.settings(),
                configured.provider(),
                "full".equals(job.mode()),
                job.preview(),
                scheduled,
                "full".equals(job.mode()) || collections.isListingDue(connectionId));
    }

    /** Takes in what collections there are now, of the kinds that the provider is known for. */
    public void takeCollections(Run run, List<FoundCollection> found) {
        transaction.execute(() -> {
            leases.fence(run.lease());
            collections.refresh(
                    run.connection().id(),
                    found.stream()
                            .filter(c -> run.provider().kinds().contains(c.kind()))
                            .toList());
        });
    }

    /** Says which collections to walk through. */
    public List<CollectionRef> plan(Run run) {
        List<Kind> kinds = new ArrayList<>();
        if (run.settings().syncTasks()) {
            kinds.add(Kind.TASK);
        }
        if (run.settings().syncEvents()) {
            kinds.add(Kind.EVENT);
        }
        return collections.selected(run.connection().id(), kinds);
    }

    /** A collection is not there any more: its items stay, and the run goes on with the others. */
    public void vanished(Run run, Walk walk) {
        transaction.execute(() -> {
            leases.fence(run.lease());
            collections.vanish(walk.collection().id());
        });
        walk.end();
    }

    /** Begins the walk through a collection. */
    public Walk walk(Run run, CollectionRef collection) {
        jobs.obey(run.jobId());
        return collections.walk(collection, run.connection().id(), run.full());
    }

    /** A page was written. Where it was the last of a walk in doubt, the next walk begins where this one did. */
    public void written(Walk walk, Walk.Chunk chunk) {
        if (walk.isInDoubt() && chunk.cursor() != null) {
            collections.doubt(walk.collection().id());
            log.info(
                    "{} names what it does not give: its next listing has to tell",
                    walk.collection().name());
        }
    }

    /** Between two pages: obeys the user, and says how much is to come. */
    public void announce(Run run, List<Walk.Chunk> chunks) {
        jobs.expect(
                run.jobId(),
                chunks.stream()
                        .mapToLong(c -> c.fetch().size() + c.atHand().size())
                        .sum());
    }

    /** @throws RunStopped if the user paused or cancelled the job */
    public void obey(Run run) {
        jobs.obey(run.jobId());
    }

    /** Judges the deletions and carries them over; true if the run is held instead. */
    public boolean settleDeletions(Run run) {
        if (run.preview()) {
            return false;
        }
        Optional<String> reason = deletions.held(run.connection().id());
        if (reason.isPresent()) {
            transaction.execute(() -> {
                leases.fence(run.lease());
                if (!run.scheduled() || !jobs.isHeld(run.connection().id())) {
                    jobs.releaseHeld(run.connection().id());
                    jobs.end(run.jobId(), "held", "validation_error", reason.get());
                } else {
                    // the question was asked already, and is still the same
                    jobs.forget(run.jobId());
                }
                status.held(run, reason.get());
            });
            leases.release(run.lease());
            log.info("run held: {}", reason.get());
            return true;
        }
        deletions.apply(run);
        return false;
    }
}
