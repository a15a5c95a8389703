package io.dayflow.hub.sync;

import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.merge.GuardLimits;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletions that a service told one by one. They are carried over at once, unless those of the last minutes together are
 * more than a run may delete: then those that are left wait for a person, as those of a held run do.
 */
@Component
class HintedDeletions {

    private static final Logger log = LoggerFactory.getLogger(HintedDeletions.class);

    private final GoneLinks gone;
    private final HubTransaction transaction;
    private final Leases leases;
    private final Deletions deletions;
    private final JobStore jobs;
    private final RunStatus status;
    private final Supplier<UUID> ids;
    private final GuardLimits limits;

    HintedDeletions(
            GoneLinks gone,
            HubTransaction transaction,
            Leases leases,
            Deletions deletions,
            JobStore jobs,
            RunStatus status,
            Supplier<UUID> ids,
            SyncSettings settings) {
        this.gone = gone;
        this.transaction = transaction;
        this.leases = leases;
        this.deletions = deletions;
        this.jobs = jobs;
        this.status = status;
        this.ids = ids;
        this.limits = new GuardLimits(settings.guardCount(), settings.guardPercent());
    }

    void settle(Lease lease, Profile profile, Collection<String> externalIds) {
        UUID connectionId = profile.connection().id();
        // only what was just found: what a run found gone is that run's to judge
        List<UUID> links = gone.among(connectionId, externalIds);
        if (links.isEmpty()) {
            return;
        }
        switch (judge(connectionId, links)) {
            case Guard.Verdict.Pass pass -> deletions.carryOver(lease, profile, null, "webhook", links);
            case Guard.Verdict.Hold hold -> hold(lease, profile, hold.reason());
        }
    }

    private Guard.Verdict judge(UUID connectionId, List<UUID> links) {
        List<Guard.Loss> losses = gone.losses(connectionId, links);
        int recent = gone.recentlyHinted(connectionId);
        return Guard.verdict(
                losses.stream().mapToInt(Guard.Loss::deletes).sum() + recent,
                losses.stream().mapToInt(Guard.Loss::items).sum() + recent,
                losses.stream().filter(loss -> loss.deletes() > 0).toList(),
                limits);
    }

    private void hold(Lease lease, Profile profile, String reason) {
        UUID connectionId = profile.connection().id();
        transaction.execute(() -> {
            leases.fence(lease);
            if (jobs.isHeld(connectionId)) {
                return;
            }
            jobs.ask(ids.get(), connectionId, profile.connection().userId(), "webhook", reason);
            status.heldPushes(connectionId, reason);
        });
        log.info("deletions that webhooks told are held: {}", reason);
    }
}
