package io.dayflow.hub.sync;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * From agreement to a side that has not heard of it yet. Nothing is queued: what is to be written is computed, each time,
 * from the difference between what the side should hold and what it was last seen to hold.
 */
@Component
public class Pushes {

    private static final String RESOURCE = "push:";
    private static final int BATCH = 100;

    private final ConnectionStore connections;
    private final PendingLinks pending;
    private final HubTransaction transaction;
    private final LinkStore store;
    private final PushDesk desk;
    private final Planner planner;
    private final Profiles profiles;
    private final Leases leases;
    private final PushPlan planning;
    private final PushGuard guard;
    private final Quarantine quarantine;
    private final JobStore jobs;

    Pushes(
            ConnectionStore connections,
            PendingLinks pending,
            HubTransaction transaction,
            LinkStore store,
            PushDesk desk,
            Planner planner,
            Profiles profiles,
            Leases leases,
            PushPlan planning,
            PushGuard guard,
            Quarantine quarantine,
            JobStore jobs) {
        this.connections = connections;
        this.pending = pending;
        this.transaction = transaction;
        this.store = store;
        this.desk = desk;
        this.planner = planner;
        this.profiles = profiles;
        this.leases = leases;
        this.planning = planning;
        this.guard = guard;
        this.quarantine = quarantine;
        this.jobs = jobs;
    }

    /**
     * The pushes of one connection, under a lease.
     *
     * @param jobId the job that pushes are counted for; null where nobody asked
     */
    public record Batch(
            Lease lease,
            Profile profile,
            Provider provider,
            @Nullable UUID jobId) {}

    /** Connections with links to push, each with a lease that this instance has just taken. */
    public List<Batch> take() {
        List<Batch> taken = new ArrayList<>();
        connections.duePushes().forEach(connection -> take(connection, null).ifPresent(taken::add));
        return taken;
    }

    /** The pushes of one connection, unless another instance is at them. */
    public Optional<Batch> take(UUID connectionId, @Nullable UUID jobId) {
        return profiles.find(connectionId)
                .filter(configured -> configured.profile().pushes())
                .flatMap(configured -> leases.take(RESOURCE + connectionId)
                        .map(lease -> new Batch(lease, configured.profile(), configured.provider(), jobId)));
    }

    /** The next links to look at; empty when there are none left that may be tried now. */
    public List<UUID> next(Batch batch) {
        UUID connectionId = batch.profile().connection().id();
        return pending.next(connectionId, guard.holds(batch), BATCH);
    }

    /** So many links more are to be looked at, as far as the batch counts for a job. */
    public void announce(Batch batch, int links) {
        if (batch.jobId() != null) {
            jobs.expect(batch.jobId(), links);
        }
    }

    /**
     * Another link is about to be looked at: between two of them is where a person's pause or cancel is obeyed.
     *
     * @return whether the batch goes on
     */
    public boolean begin(Batch batch) {
        if (batch.jobId() == null) {
            return true;
        }
        if (!jobs.control(batch.jobId()).isEmpty()) {
            return false;
        }
        jobs.add(batch.jobId(), Map.of(), 1);
        return true;
    }

    /** Decides what to do about one link, and notes the intent where something is to be created. */
    public PushTask plan(Batch batch, UUID linkId) {
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            PushTask task = desk.open(batch, linkId)
                    .map(open -> {
                        PushTask planned = quarantine.holds(batch, open.book(), open.link(), out)
                                ? new PushTask.Nothing(linkId)
                                : planning.plan(batch.profile(), open.book(), open.link());
                        open.book().close(out, open.link().id());
                        return planned;
                    })
                    .orElseGet(() -> new PushTask.Nothing(linkId));
            planner.write(out.rows());
            store.apply(out);
            quarantine.tell(batch, out);
            return task;
        });
    }

    /** There is nothing more that may be pushed. */
    public void release(Batch batch) {
        leases.release(batch.lease());
    }
}
