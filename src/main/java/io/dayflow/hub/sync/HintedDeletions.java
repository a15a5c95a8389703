package io.dayflow.hub.sync;

import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.merge.GuardLimits;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletions that a service told one by one. They are carried over at once, unless those of the last minutes together are
 * more than a run may delete: then those that are left wait for a person, as those of a held run do.
 */
@Component
class HintedDeletions {

    private static final Logger log = LoggerFactory.getLogger(HintedDeletions.class);

    private final HubTransaction transaction;
    private final Leases leases;
    private final Deletions deletions;
    private final JobProgress jobs;
    private final RunStatus status;
    private final JdbcClient jdbc;
    private final Supplier<UUID> ids;
    private final GuardLimits limits;

    HintedDeletions(
            HubTransaction transaction,
            Leases leases,
            Deletions deletions,
            JobProgress jobs,
            RunStatus status,
            JdbcClient jdbc,
            Supplier<UUID> ids,
            SyncSettings settings) {
        this.transaction = transaction;
        this.leases = leases;
        this.deletions = deletions;
        this.jobs = jobs;
        this.status = status;
        this.jdbc = jdbc;
        this.ids = ids;
        this.limits = new GuardLimits(settings.guardCount(), settings.guardPercent());
    }

    void settle(Lease lease, Profile profile, Collection<String> externalIds) {
        UUID connectionId = profile.connection().id();
        List<UUID> links = gone(connectionId, externalIds);
        if (links.isEmpty()) {
            return;
        }
        switch (judge(connectionId, links)) {
            case Guard.Verdict.Pass pass -> deletions.carryOver(lease, profile, null, "webhook", links);
            case Guard.Verdict.Hold hold -> hold(lease, profile, hold.reason());
        }
    }

    /** Only what was just found: what a run found gone is that run's to judge. */
    private List<UUID> gone(UUID connectionId, Collection<String> externalIds) {
        return jdbc.sql("""
                        select l.id from hub.link l
                        where l.connection_id = :connection and l.state = 'gone' and l.external_id = any(:ids)
                          and not exists (select 1 from hub.conflict x where x.link_id = l.id and x.status = 'open')
                        order by l.id
                        """)
                .param("connection", connectionId)
                .param("ids", externalIds.toArray(String[]::new))
                .query(UUID.class)
                .list();
    }

    private Guard.Verdict judge(UUID connectionId, List<UUID> links) {
        List<Guard.Loss> losses = jdbc.sql("""
                        select coalesce(c.name, '') as name, count(*) as items,
                               count(*) filter (where l.id = any(:links::uuid[]) and not l.delete_allowed) as gone
                        from hub.link l left join hub.collection c on c.id = l.collection_id
                        where l.connection_id = :connection and l.state in ('live', 'gone') and l.base is not null
                        group by c.id, c.name
                        order by gone desc
                        """)
                .param("links", links.stream().map(UUID::toString).toArray(String[]::new))
                .param("connection", connectionId)
                .query((row, n) -> new Guard.Loss(row.getString("name"), row.getInt("items"), row.getInt("gone")))
                .list();
        int recent = deletions.recentlyHinted(connectionId);
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
            jdbc.sql("""
                            insert into hub.job (id, connection_id, user_id, operation, mode, status, error_type,
                                error_message, started_at)
                            values (:id, :connection, :user, 'webhook', 'incremental', 'held', 'validation_error', :reason,
                                now())
                            """)
                    .param("id", ids.get())
                    .param("connection", connectionId)
                    .param("user", profile.connection().userId())
                    .param("reason", reason)
                    .update();
            status.heldPushes(connectionId, reason);
        });
        log.info("deletions that webhooks told are held: {}", reason);
    }
}
