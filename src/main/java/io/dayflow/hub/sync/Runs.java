package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.LinkStore;
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
    private final Profiles profiles;
    private final Leases leases;
    private final JobStore jobs;
    private final ConnectionStore connections;
    private final CollectionStore collections;
    private final Deletions deletions;
    private final DayflowChanges dayflow;
    private final RunStatus status;
    private final LinkStore links;
    private final Supplier<UUID> ids;

    Runs(
            HubTransaction transaction,
            Profiles profiles,
            Leases leases,
            JobStore jobs,
            ConnectionStore connections,
            CollectionStore collections,
            Deletions deletions,
            DayflowChanges dayflow,
            RunStatus status,
            LinkStore links,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.profiles = profiles;
        this.leases = leases;
        this.jobs = jobs;
        this.connections = connections;
        this.collections = collections;
        this.deletions = deletions;
        this.dayflow = dayflow;
        this.status = status;
        this.links = links;
        this.ids = ids;
    }

    /** Connections with something to run, each with a lease that this instance has just taken. */
    public List<RunLease> take() {
        List<RunLease> taken = new ArrayList<>();
        for (UUID connection : connections.dueRuns()) {
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
        connections.notBefore(run.connection().id()).ifPresent(until -> {
            throw new FaultException(
                    new Fault.RateLimited("The service asked to be left alone until " + until + ".", until));
        });
    }

    private Run openJob(RunLease taken, Profiles.Configured configured) {
        UUID connectionId = taken.connectionId();
        // the connection before its job, as whoever asks for a run locks them
        status.syncing(connectionId);
        Optional<JobStore.Open> open = jobs.open(connectionId);
        JobStore.Open job = open.orElseGet(() -> new JobStore.Open(ids.get(), JobStore.Mode.INCREMENTAL, false));
        if (job.preview()) {
            // whoever began it before came to nothing: a preview moves no cursor, and is made from the beginning
            jobs.forgetPreview(job.id());
        }
        if (open.isEmpty()) {
            jobs.schedule(job.id(), connectionId, configured.connection().userId());
        }
        return new Run(
                taken.lease(),
                job.id(),
                configured.profile(),
                configured.settings(),
                configured.provider(),
                job.mode(),
                job.preview() ? new Forecast() : null,
                open.isEmpty(),
                job.mode() != JobStore.Mode.INCREMENTAL || connections.isListingDue(connectionId),
                collections.rewinds(connectionId));
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

    /** Says which collections to walk through first; none in a sweep of a service that cannot tell what is new. */
    public List<CollectionRef> plan(Run run) {
        return run.sweeps() && !listsNews(run) ? List.of() : selected(run);
    }

    /** Says which collections a sweep walks through from end to end, once it knows what is new. */
    public List<CollectionRef> planAudit(Run run) {
        return run.sweeps() ? selected(run).stream().map(c -> c.from(null)).toList() : List.of();
    }

    private static boolean listsNews(Run run) {
        return run.provider().features().incremental();
    }

    private List<CollectionRef> selected(Run run) {
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
        return walk(run, collection, run.full() ? Visit.ANEW : Visit.NEWS);
    }

    /** Begins the walk through a collection that {@link #planAudit} named. */
    public Walk audit(Run run, CollectionRef collection) {
        return walk(run, collection, listsNews(run) ? Visit.AUDIT : Visit.AUDIT_ALONE);
    }

    private Walk walk(Run run, CollectionRef collection, Visit visit) {
        jobs.obey(run.jobId());
        long tick = links.tick();
        UUID id = collection.id();
        return new Walk(
                visit.everything() ? collection.from(null) : collection,
                collections.doubts(id),
                collections.known(id),
                collections.unreadable(run.connection().id(), id),
                collections.ended(id),
                visit,
                tick);
    }

    /** A page was written. Where it was the last of a walk in doubt, the next walk begins where this one did. */
    public void written(Walk walk, Walk.Chunk chunk) {
        if (walk.isInDoubt() && chunk.cursor() != null) {
            collections.doubt(walk.collection().id());
            log.info(
                    "{} names what it does not give: its next listing has to tell",
                    walk.collection().name());
        }
        walk.goOn(links.tick());
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
        Optional<String> reason = deletions.held(run.connection().id());
        if (reason.isPresent()) {
            transaction.execute(() -> {
                leases.fence(run.lease());
                boolean asked = run.scheduled() && jobs.isHeld(run.connection().id());
                // the question was asked already, and is still the same: a poll that nobody waits for is no news
                if (!asked || !jobs.forget(run.jobId())) {
                    jobs.releaseHeld(run.connection().id());
                    jobs.end(run.jobId(), "held", "validation_error", reason.get());
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
