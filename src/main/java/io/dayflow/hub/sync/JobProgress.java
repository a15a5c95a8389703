package io.dayflow.hub.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a running job writes about itself. Every method takes part in the caller's transaction, where there is one. */
@Component
class JobProgress {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    JobProgress(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Adds to the job's counts and to what it has done. */
    void add(UUID jobId, Map<Count, Long> counts, long done) {
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

    void expect(UUID jobId, long more) {
        if (more > 0) {
            jdbc.sql("update hub.job set total = coalesce(total, 0) + :more where id = :job")
                    .param("more", more)
                    .param("job", jobId)
                    .update();
        }
    }

    /** @throws RunStopped if a person asked to pause or cancel */
    void obey(UUID jobId) {
        String control = jdbc.sql("select coalesce(control, '') from hub.job where id = :job")
                .param("job", jobId)
                .query(String.class)
                .optional()
                .orElse("cancel");
        switch (control) {
            case "pause" -> throw new RunStopped("paused");
            case "cancel" -> throw new RunStopped("cancelled");
            default -> {}
        }
    }

    void end(UUID jobId, String status, @Nullable String errorType, @Nullable String message) {
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

    /** Whether a job of the connection waits for a person. */
    boolean isHeld(UUID connectionId) {
        return jdbc.sql("select exists (select 1 from hub.job where connection_id = :id and status = 'held')")
                .param("id", connectionId)
                .query(Boolean.class)
                .single();
    }

    /** What the connection's held job asks, if there is one. */
    Optional<String> question(UUID connectionId) {
        return jdbc.sql("""
                        select coalesce(error_message, '') from hub.job
                        where connection_id = :id and status = 'held' order by id desc limit 1
                        """).param("id", connectionId).query(String.class).optional();
    }

    /** Nobody needs to answer the connection's held jobs any more. */
    void releaseHeld(UUID connectionId) {
        jdbc.sql("""
                        update hub.job set status = 'cancelled', completed_at = now()
                        where connection_id = :id and status = 'held'
                        """).param("id", connectionId).update();
    }

    /** As {@link #releaseHeld}, if nothing is held back: what was gone came back, or was confirmed. */
    void releaseSettled(UUID connectionId) {
        boolean waiting =
                jdbc.sql("""
                        select exists (select 1 from hub.link l join hub.item i on i.id = l.item_id
                                       where l.connection_id = :id and l.state = 'live' and l.pending
                                         and i.deleted_at is not null and not l.delete_allowed)
                        """).param("id", connectionId).query(Boolean.class).single();
        if (!waiting) {
            releaseHeld(connectionId);
        }
    }

    /** As if the job had never been. */
    void forget(UUID jobId) {
        jdbc.sql("delete from hub.job where id = :id").param("id", jobId).update();
    }

    /** Forgets a job that found and did nothing. */
    void forgetIfEmpty(UUID jobId) {
        jdbc.sql("delete from hub.job where id = :id and counts - 'read' - 'unchanged' = '{}'::jsonb")
                .param("id", jobId)
                .update();
    }

    /** Notes what a preview would write. */
    void preview(UUID jobId, List<JournalEntry> entries, Map<UUID, String> titles) {
        for (JournalEntry entry : entries) {
            jdbc.sql("""
                            insert into hub.job_change (job_id, side, operation, item_id, title, before, after)
                            values (:job, :side, :operation, :item, :title, :before::jsonb, :after::jsonb)
                            """)
                    .param("job", jobId)
                    .param("side", entry.connectionId())
                    .param("operation", entry.operation())
                    .param("item", entry.itemId())
                    .param("title", titles.getOrDefault(entry.itemId(), ""))
                    .param("before", fields(entry.before()))
                    .param("after", fields(entry.after()))
                    .update();
        }
    }

    private @Nullable String fields(@Nullable View view) {
        return view == null ? null : write(view.fields()).replace("\\u0000", "");
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job's document is no JSON", e);
        }
    }
}
