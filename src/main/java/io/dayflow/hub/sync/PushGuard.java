package io.dayflow.hub.sync;

import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.merge.GuardLimits;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Holds deletions made in DayFlow back from a service when there are suddenly too many of them: those waiting, together
 * with those carried over in the last minutes, count as one run. A held job asks.
 */
@Component
class PushGuard {

    private final PendingLinks pending;
    private final HubTransaction transaction;
    private final Leases leases;
    private final RunStatus status;
    private final JobStore jobs;
    private final Supplier<UUID> ids;
    private final GuardLimits limits;

    PushGuard(
            PendingLinks pending,
            HubTransaction transaction,
            Leases leases,
            RunStatus status,
            JobStore jobs,
            Supplier<UUID> ids,
            SyncSettings settings) {
        this.pending = pending;
        this.transaction = transaction;
        this.leases = leases;
        this.status = status;
        this.jobs = jobs;
        this.ids = ids;
        this.limits = new GuardLimits(settings.guardCount(), settings.guardPercent());
    }

    /** Whether the connection's deletions wait for a person; those that a person allowed do not. */
    boolean holds(Pushes.Batch batch) {
        Optional<String> reason = held(batch.profile().connection().id());
        reason.ifPresent(words -> ask(batch, words));
        return reason.isPresent();
    }

    /** Why the connection's deletions are to be held, if they are. */
    Optional<String> held(UUID connectionId) {
        return held(pending.deletes(connectionId));
    }

    /** Why these deletions are to be held, if they are. */
    Optional<String> held(PendingLinks.Deletes loss) {
        if (loss.waiting() == 0) {
            return Optional.empty();
        }
        return switch (Guard.verdict(loss.waiting() + loss.recent(), loss.total() + loss.recent(), List.of(), limits)) {
            case Guard.Verdict.Pass pass -> Optional.empty();
            case Guard.Verdict.Hold hold -> Optional.of(hold.reason());
        };
    }

    private void ask(Pushes.Batch batch, String reason) {
        UUID connectionId = batch.profile().connection().id();
        transaction.execute(() -> {
            leases.fence(batch.lease());
            boolean asked = jobs.isHeld(connectionId);
            if (!asked) {
                jobs.ask(ids.get(), connectionId, batch.profile().connection().userId(), "incremental_sync", reason);
                status.heldPushes(connectionId, reason);
            }
        });
    }
}
