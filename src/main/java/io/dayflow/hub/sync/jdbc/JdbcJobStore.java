package io.dayflow.hub.sync.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.sync.Foreseen;
import io.dayflow.hub.sync.JobStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Jobs in hub.job, and what previews found in hub.job_change. */
@Component
class JdbcJobStore implements JobStore {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batch;
    private final ObjectMapper json;

    JdbcJobStore(JdbcClient jdbc, NamedParameterJdbcTemplate batch, ObjectMapper json) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.json = json;
    }

    @Override
    public Optional<Open> open(UUID connectionId) {
        return jdbc.sql("""
                        update hub.job set status = 'running', started_at = coalesce(started_at, now()),
                            resumed_at = now(), resumed_done = done,
                            total = case when total is null then null else done end
                        where connection_id = :connection and status in ('pending', 'running')
                        returning id, mode, preview
                        """)
                .param("connection", connectionId)
                .query((row, n) -> new Open(
                        row.getObject("id", UUID.class), Mode.of(row.getString("mode")), row.getBoolean("preview")))
                .optional();
    }

    @Override
    public void schedule(UUID jobId, UUID connectionId, UUID userId) {
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, status, started_at, resumed_at)
                        values (:id, :connection, :user, 'incremental_sync', 'incremental', 'running', now(), now())
                        """)
                .param("id", jobId)
                .param("connection", connectionId)
                .param("user", userId)
                .update();
    }

    @Override
    public void request(UUID jobId, UUID connectionId, UUID userId) {
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode)
                        values (:id, :connection, :user, 'manual_sync', 'incremental')
                        on conflict (connection_id) where status in ('pending', 'running', 'paused') do nothing
                        """)
                .param("id", jobId)
                .param("connection", connectionId)
                .param("user", userId)
                .update();
    }

    @Override
    public void ask(UUID jobId, UUID connectionId, UUID userId, String operation, String reason) {
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, status, error_type,
                            error_message, started_at)
                        values (:id, :connection, :user, :operation, 'incremental', 'held', 'validation_error', :reason,
                            now())
                        """)
                .param("id", jobId)
                .param("connection", connectionId)
                .param("user", userId)
                .param("operation", operation)
                .param("reason", reason)
                .update();
    }

    @Override
    public void add(UUID jobId, Map<Count, Long> counts, long done) {
        if (counts.isEmpty() && done == 0) {
            return;
        }
        jdbc.sql("""
                        update hub.job set done = done + :done,
                            counts = counts || coalesce((
                                select jsonb_object_agg(key, value::bigint + coalesce((counts ->> key)::bigint, 0))
                                from jsonb_each_text(:counts::jsonb)), '{}'::jsonb)
                        where id = :job
                        """)
                .param("done", done)
                .param(
                        "counts",
                        write(counts.entrySet().stream()
                                .collect(Collectors.toMap(e -> e.getKey().id(), Map.Entry::getValue))))
                .param("job", jobId)
                .update();
    }

    @Override
    public void expect(UUID jobId, long more) {
        if (more > 0) {
            jdbc.sql("update hub.job set total = coalesce(total, 0) + :more where id = :job")
                    .param("more", more)
                    .param("job", jobId)
                    .update();
        }
    }

    @Override
    public String control(UUID jobId) {
        return jdbc.sql("select coalesce(control, '') from hub.job where id = :job")
                .param("job", jobId)
                .query(String.class)
                .optional()
                // nobody works on a job that is no more
                .orElse("cancel");
    }

    @Override
    public void end(UUID jobId, String status, @Nullable String errorType, @Nullable String message) {
        jdbc.sql("""
                        update hub.job set status = :status, control = null, error_type = :type, error_message = :message,
                            completed_at = case when :status in ('completed', 'failed', 'cancelled') then now() end
                        where id = :job and status in ('pending', 'running')
                        """)
                .param("status", status)
                .param("type", errorType)
                .param("message", message)
                .param("job", jobId)
                .update();
    }

    @Override
    public boolean isHeld(UUID connectionId) {
        return jdbc.sql("select exists (select 1 from hub.job where connection_id = :id and status = 'held')")
                .param("id", connectionId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<String> question(UUID connectionId) {
        return jdbc.sql("""
                        select coalesce(error_message, '') from hub.job
                        where connection_id = :id and status = 'held' order by id desc limit 1
                        """).param("id", connectionId).query(String.class).optional();
    }

    @Override
    public void releaseHeld(UUID connectionId) {
        jdbc.sql("""
                        update hub.job set status = 'cancelled', completed_at = now()
                        where connection_id = :id and status = 'held'
                        """).param("id", connectionId).update();
    }

    @Override
    public boolean forget(UUID jobId) {
        return jdbc.sql("""
                        delete from hub.job
                        where id = :id and (started_at is null or requested_at <= started_at)
                        """).param("id", jobId).update() == 1;
    }

    @Override
    public void forgetIfEmpty(UUID jobId) {
        jdbc.sql("""
                        delete from hub.job
                        where id = :id and counts - 'read' - 'unchanged' = '{}'::jsonb
                          and (started_at is null or requested_at <= started_at)
                        """).param("id", jobId).update();
    }

    @Override
    public void preview(UUID jobId, List<Foreseen> foreseen) {
        if (foreseen.isEmpty()) {
            return;
        }
        batch.batchUpdate(
                """
                insert into hub.job_change (job_id, side, operation, item_id, title, before, after, note)
                values (:job, :side, :operation, :item, :title, :before::jsonb, :after::jsonb, :note)
                """,
                foreseen.stream()
                        .map(change -> new MapSqlParameterSource("job", jobId)
                                .addValue("side", change.side())
                                .addValue("operation", change.what().id())
                                .addValue("item", change.itemId())
                                .addValue("title", Nul.outOf(change.title()))
                                .addValue("before", fields(change.before()))
                                .addValue("after", fields(change.after()))
                                .addValue("note", Nul.outOfOrNull(change.note())))
                        .toArray(SqlParameterSource[]::new));
    }

    @Override
    public void forgetPreview(UUID jobId) {
        jdbc.sql("delete from hub.job_change where job_id = :job")
                .param("job", jobId)
                .update();
    }

    private @Nullable String fields(@Nullable View view) {
        return view == null ? null : write(view.fields());
    }

    private String write(Object value) {
        try {
            return Nul.outOfJson(json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job's document is no JSON", e);
        }
    }
}
