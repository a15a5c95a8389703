package io.dayflow.hub.sync;

import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.merge.GuardLimits;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Holds deletions made in DayFlow back from a service when there are suddenly too many of them: those waiting, together
 * with those carried over in the last minutes, count as one run. A held job asks.
 */
@Component
class PushGuard {

    private final HubTransaction transaction;
    private final Leases leases;
    private final RunStatus status;
    private final JobProgress jobs;
    private final JdbcClient jdbc;
    private final Supplier<UUID> ids;
    private final GuardLimits limits;

    PushGuard(
            HubTransaction transaction,
            Leases leases,
            RunStatus status,
            JobProgress jobs,
            JdbcClient jdbc,
            Supplier<UUID> ids,
            SyncSettings settings) {
        this.transaction = transaction;
        this.leases = leases;
        this.status = status;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.ids = ids;
        this.limits = new GuardLimits(settings.guardCount(), settings.guardPercent());
    }

    private record Loss(int waiting, int recent, int total) {}

    /** Whether the connection's deletions wait for a person; those that a person allowed do not. */
    boolean holds(Pushes.Batch batch) {
        UUID connectionId = batch.profile().connection().id();
        Loss loss = loss(connectionId);
        if (loss.waiting() == 0) {
            return false;
        }
        Guard.Verdict verdict =
                Guard.verdict(loss.waiting() + loss.recent(), loss.total() + loss.recent(), List.of(), limits);
        return switch (verdict) {
            case Guard.Verdict.Pass pass -> false;
            case Guard.Verdict.Hold hold -> {
                ask(batch, hold.reason());
                yield true;
            }
        };
    }

    private Loss loss(UUID connectionId) {
        return jdbc.sql("""
                        select count(*) filter (where i.deleted_at is not null and l.pending and not l.delete_allowed) as waiting,
                               count(*) as total,
                               (select count(*) from hub.journal j
                                where j.connection_id = :connection and j.operation = 'delete' and j.cause = 'push'
                                  and j.at > now() - interval '5 minutes'
                                  and not exists (select 1 from hub.link a
                                                  where a.item_id = j.item_id and a.delete_allowed)) as recent
                        from hub.link l join hub.item i on i.id = l.item_id
                        where l.connection_id = :connection and l.state = 'live' and l.base is not null
                        """)
                .param("connection", connectionId)
                .query((row, n) -> new Loss(row.getInt("waiting"), row.getInt("recent"), row.getInt("total")))
                .single();
    }

    private void ask(Pushes.Batch batch, String reason) {
        UUID connectionId = batch.profile().connection().id();
        transaction.execute(() -> {
            leases.fence(batch.lease());
            boolean asked = jobs.isHeld(connectionId);
            if (!asked) {
                jdbc.sql("""
                                insert into hub.job (id, connection_id, user_id, operation, mode, status, error_type,
                                    error_message, started_at)
                                values (:id, :connection, :user, 'incremental_sync', 'incremental', 'held', 'validation_error',
                                    :reason, now())
                                """)
                        .param("id", ids.get())
                        .param("connection", connectionId)
                        .param("user", batch.profile().connection().userId())
                        .param("reason", reason)
                        .update();
                status.heldPushes(connectionId, reason);
            }
        });
    }
}
