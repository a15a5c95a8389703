package io.dayflow.hub.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.job.StartJob.Mode;
import io.dayflow.hub.job.StartJob.Operation;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Steers a job. A running one obeys at its next page; until then it shows as running. */
@Component
public class ControlJob {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final StartJob startJob;
    private final UndoJob undo;
    private final Audit audit;
    private final Clock clock;

    ControlJob(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            StartJob startJob,
            UndoJob undo,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.startJob = startJob;
        this.undo = undo;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a person may ask. */
    public enum Action {
        @JsonProperty("pause")
        PAUSE,
        @JsonProperty("resume")
        RESUME,
        @JsonProperty("cancel")
        CANCEL,
        /** A held job may delete what it found gone; a completed preview is run in earnest. */
        @JsonProperty("confirm")
        CONFIRM,
        @JsonProperty("undo")
        UNDO
    }

    private record Row(
            UUID connectionId,
            String status,
            boolean preview,
            String mode,
            @Nullable UUID undoes,
            @Nullable Long undoesEntry) {}

    /**
     * @return the job to look at next: the same, or the one that was started
     * @throws NotFound if the user has no such job
     * @throws ConflictingState if its state does not allow the action
     */
    public UUID control(UUID userId, UUID jobId, Action action) {
        try {
            return transaction.execute(status -> {
                var job = lock(userId, jobId);
                var next = switch (action) {
                    case PAUSE -> pause(userId, jobId, job);
                    case RESUME -> resume(userId, jobId, job);
                    case CANCEL -> cancel(userId, jobId, job);
                    case CONFIRM -> confirm(userId, jobId, job);
                    case UNDO -> undo.undo(userId, jobId, false);
                };
                tell(action, userId, jobId, job);
                return next;
            });
        } catch (DuplicateKeyException e) {
            throw new ConflictingState("The integration has another run open; let it end or cancel it first.");
        }
    }

    /** Undoing tells of itself. */
    private void tell(Action action, UUID userId, UUID jobId, Row job) {
        var deed = switch (action) {
            case PAUSE -> Deed.SYNC_PAUSED;
            case RESUME -> Deed.SYNC_RESUMED;
            case CANCEL -> Deed.SYNC_CANCELLED;
            case CONFIRM -> Deed.SYNC_CONFIRMED;
            case UNDO -> null;
        };
        if (deed != null) {
            audit.record(
                    deed,
                    userId,
                    null,
                    AuditLine.object("job", jobId),
                    Map.of("integrationId", job.connectionId().toString(), "was", job.status()));
        }
    }

    private Row lock(UUID userId, UUID jobId) {
        return jdbc.sql("""
                        select connection_id, status, preview, mode, undoes, undoes_entry from hub.job
                        where id = :id and user_id = :user for update
                        """)
                .param("id", jobId)
                .param("user", userId)
                .query((row, number) -> new Row(
                        Columns.id(row, "connection_id"),
                        row.getString("status"),
                        row.getBoolean("preview"),
                        row.getString("mode"),
                        Columns.idOrNull(row, "undoes"),
                        row.getObject("undoes_entry", Long.class)))
                .optional()
                .orElseThrow(() -> new NotFound("There is no such job."));
    }

    private UUID pause(UUID userId, UUID jobId, Row job) {
        return switch (job.status()) {
            case "pending" -> set(userId, jobId, "status = 'paused'");
            case "running" -> set(userId, jobId, "control = 'pause'");
            default -> throw wrong(job, "pause", "pending or running");
        };
    }

    private UUID resume(UUID userId, UUID jobId, Row job) {
        return switch (job.status()) {
            case "paused" -> wake(set(userId, jobId, "status = 'pending', control = null"));
            // It was asked to pause and has not come to it.
            case "running" -> set(userId, jobId, "control = null");
            default -> throw wrong(job, "resume", "paused");
        };
    }

    private UUID cancel(UUID userId, UUID jobId, Row job) {
        return switch (job.status()) {
            case "pending", "paused", "held" ->
                set(userId, jobId, "status = 'cancelled', control = null, completed_at = now()");
            case "running" -> set(userId, jobId, "control = 'cancel'");
            default -> throw wrong(job, "cancel", "pending, running, paused or held");
        };
    }

    private UUID confirm(UUID userId, UUID jobId, Row job) {
        if (job.status().equals("held")) {
            allowDeletions(userId, job.connectionId());
            return wake(set(userId, jobId, "status = 'pending', control = null, held = null, completed_at = null"));
        }
        if (job.status().equals("completed") && job.preview()) {
            if (job.undoes() != null) {
                return undo.undo(userId, job.undoes(), false);
            }
            if (job.undoesEntry() != null) {
                return undo.undoEntry(userId, job.undoesEntry(), false);
            }
            var mode = Mode.valueOf(job.mode().toUpperCase(Locale.ROOT));
            return startJob.start(userId, job.connectionId(), mode, false, Operation.MANUAL_SYNC);
        }
        throw wrong(job, "confirm", "held, or completed and a preview");
    }

    /** What is gone on either side may go on the other: what was found so far, and nothing that comes later. */
    private void allowDeletions(UUID userId, UUID connectionId) {
        jdbc.sql("""
                        update hub.link l set delete_allowed = true, pending = true, updated_at = :now
                        from hub.item i, hub.connection c
                        where l.connection_id = c.id and c.id = :connection and c.user_id = :user
                          and i.id = l.item_id and i.user_id = :user
                          and (l.state = 'gone' or (l.state = 'live' and i.deleted_at is not null))
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .param("connection", connectionId)
                .param("user", userId)
                .update();
    }

    /** @param assignments written here, never a caller's words */
    private UUID set(UUID userId, UUID jobId, String assignments) {
        jdbc.sql("update hub.job set " + assignments + " where id = :id and user_id = :user")
                .param("id", jobId)
                .param("user", userId)
                .update();
        return jobId;
    }

    private UUID wake(UUID jobId) {
        jdbc.sql("select pg_notify('hub_work', 'run')").query(row -> {});
        return jobId;
    }

    private static ConflictingState wrong(Row job, String action, String allowed) {
        return new ConflictingState("The " + (job.preview() ? "preview" : "job") + " is " + job.status() + "; " + action
                + " takes one that is " + allowed + ".");
    }
}
