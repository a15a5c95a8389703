package io.dayflow.hub.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Ids;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks for a run of a connection. */
@Component
public class StartJob {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ids ids;
    private final Audit audit;
    private final Clock clock;

    StartJob(JdbcClient jdbc, TransactionTemplate transaction, Ids ids, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /** How much a run reads. */
    public enum Mode {
        @JsonProperty("full")
        FULL,
        @JsonProperty("incremental")
        INCREMENTAL,
        /** What is new, then everything on both sides, compared with what was last agreed. */
        @JsonProperty("sweep")
        SWEEP
    }

    /** Why there is a run. */
    public enum Operation {
        FULL_SYNC,
        INCREMENTAL_SYNC,
        MANUAL_SYNC,
        SWEEP
    }

    private record Open(UUID id, boolean preview, String status) {}

    /**
     * Starts a run, or joins the one that the connection already has open: a connection runs once at a time. A joined run
     * that has not begun looks at as much as this one is to. The first run that is no preview is the confirmation that the
     * connection may read and write.
     *
     * @return the job, new or joined
     * @throws NotFound if the user has no such connection
     * @throws ConflictingState if the connection is switched off, or a preview was asked for during a run or the other
     *     way round
     */
    public UUID start(UUID userId, UUID connectionId, Mode mode, boolean preview, Operation operation) {
        return transaction.execute(status -> {
            var provider = lock(userId, connectionId);
            if (!preview) {
                confirm(userId, connectionId);
            }
            var job = insert(userId, connectionId, mode, preview, operation)
                    .or(() -> join(userId, connectionId, mode, preview))
                    // The one that was open has ended in between.
                    .or(() -> insert(userId, connectionId, mode, preview, operation))
                    .orElseThrow(() -> new ConflictingState("Another run has begun just now; ask again."));
            if (mode == Mode.SWEEP && !preview) {
                sweptNow(userId, connectionId, job);
            }
            jdbc.sql("select pg_notify('hub_work', 'run')").query(row -> {});
            audit.record(
                    preview ? Deed.SYNC_PREVIEWED : Deed.SYNC_ASKED,
                    userId,
                    provider,
                    AuditLine.object("job", job),
                    Map.of("integrationId", connectionId.toString(), "mode", id(mode)));
            return job;
        });
    }

    private Optional<UUID> insert(UUID userId, UUID connectionId, Mode mode, boolean preview, Operation operation) {
        return jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, preview, requested_at)
                        values (:id, :connection, :user, :operation, :mode, :preview, :now)
                        on conflict (connection_id) where status in ('pending', 'running', 'paused') do nothing
                        returning id
                        """)
                .param("id", ids.get())
                .param("connection", connectionId)
                .param("user", userId)
                .param("operation", id(operation))
                .param("mode", id(mode))
                .param("preview", preview)
                .param("now", Columns.parameter(clock.instant()))
                .query(UUID.class)
                .optional();
    }

    /** @return the service */
    private String lock(UUID userId, UUID connectionId) {
        var connection = jdbc.sql("""
                        select provider, active from hub.connection
                        where id = :id and user_id = :user and disconnected_at is null for update
                        """)
                .param("id", connectionId)
                .param("user", userId)
                .query((row, number) -> Map.entry(row.getString("provider"), row.getBoolean("active")))
                .optional()
                .orElseThrow(() -> new NotFound("There is no such integration."));
        if (!connection.getValue()) {
            throw new ConflictingState("The integration is switched off; switch it on first (active true).");
        }
        return connection.getKey();
    }

    private void confirm(UUID userId, UUID connectionId) {
        jdbc.sql("""
                        update hub.connection set confirmed_at = :now
                        where id = :id and user_id = :user and confirmed_at is null
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .param("id", connectionId)
                .param("user", userId)
                .update();
    }

    /** The next sweep by itself is due as if this one had been, unless a run is joined that is none. */
    private void sweptNow(UUID userId, UUID connectionId, UUID job) {
        jdbc.sql("""
                        update hub.connection set swept_at = now()
                        where id = :id and user_id = :user
                          and exists (select 1 from hub.job where id = :job and mode = 'sweep')
                        """)
                .param("id", connectionId)
                .param("user", userId)
                .param("job", job)
                .update();
    }

    private Optional<UUID> join(UUID userId, UUID connectionId, Mode mode, boolean preview) {
        var open = jdbc.sql("""
                        select id, preview, status from hub.job
                        where connection_id = :connection and user_id = :user
                          and status in ('pending', 'running', 'paused') for update
                        """)
                .param("connection", connectionId)
                .param("user", userId)
                .query((row, number) ->
                        new Open(Columns.id(row, "id"), row.getBoolean("preview"), row.getString("status")))
                .optional()
                .orElse(null);
        if (open == null) {
            return Optional.empty();
        }
        if (open.preview() != preview) {
            throw new ConflictingState("The integration has a " + (open.preview() ? "preview" : "run") + " that is "
                    + open.status() + ", job " + open.id() + "; let it end or cancel it first.");
        }
        if (mode != Mode.INCREMENTAL && open.status().equals("pending")) {
            jdbc.sql("update hub.job set mode = :mode where id = :id and user_id = :user and mode <> 'sweep'")
                    .param("mode", id(mode))
                    .param("id", open.id())
                    .param("user", userId)
                    .update();
        }
        // asked for after it began, it is no longer a poll that is forgotten where it finds nothing
        jdbc.sql("update hub.job set requested_at = now() where id = :id and user_id = :user and status = 'running'")
                .param("id", open.id())
                .param("user", userId)
                .update();
        return Optional.of(open.id());
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
