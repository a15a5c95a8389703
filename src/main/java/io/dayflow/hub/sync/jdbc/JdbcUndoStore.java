package io.dayflow.hub.sync.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.journal.JournalPayloads;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.sync.UndoStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads hub.journal; an undo is a row of hub.job, and what it did are rows of hub.job_change. */
@Component
class JdbcUndoStore implements UndoStore {

    private static final String STEP = """
            insert into hub.job_change (job_id, side, operation, item_id, title, before, after, reason)
            values (:job, :side, :operation, :item, :title, :before::jsonb, :after::jsonb, :reason)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final JournalPayloads payloads;

    JdbcUndoStore(JdbcClient jdbc, NamedParameterJdbcTemplate batches, JournalPayloads payloads) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.payloads = payloads;
    }

    @Override
    public Optional<Job> job(UUID userId, UUID jobId) {
        return jdbc.sql("select connection_id, status, preview from hub.job where id = :job and user_id = :user")
                .param("job", jobId)
                .param("user", userId)
                .query((row, n) ->
                        new Job(Columns.id(row, "connection_id"), row.getString("status"), row.getBoolean("preview")))
                .optional();
    }

    @Override
    public List<Write> writes(UUID userId, UUID jobId) {
        return jdbc.sql("""
                        select j.item_id, j.connection_id, j.job_id, j.operation, j.before, j.after, j.item_before,
                               j.item_after, j.sealed, j.at, 1 as part, j.id as number
                        from hub.journal j
                        where j.job_id = :job and j.user_id = :user and j.cause <> 'moved'
                        union all
                        select c.item_id, c.side, j.id, c.operation, c.before, c.after, null, null, null, j.completed_at, 2,
                               c.seq
                        from hub.job_change c join hub.job j on j.id = c.job_id
                        where j.id = :job and j.user_id = :user and j.operation = 'undo' and c.reason is null
                          and c.side is not null
                        order by part, number
                        """)
                .param("job", jobId)
                .param("user", userId)
                .query((row, n) -> write(row))
                .list();
    }

    @Override
    public Optional<Entry> entry(UUID userId, long entryId) {
        record Found(Write write, String cause, @Nullable UUID connectionId) {}
        Optional<Found> found = jdbc.sql("""
                        select j.item_id, j.connection_id, j.job_id, j.operation, j.before, j.after, j.item_before,
                               j.item_after, j.sealed, j.at, j.cause,
                               coalesce(j.connection_id, o.connection_id, i.origin,
                                   (select l.connection_id from hub.link l
                                    where l.item_id = j.item_id and l.connection_id is not null
                                    order by l.created_at limit 1),
                                   (select c.id from hub.connection c
                                    where c.user_id = j.user_id order by c.created_at limit 1)) as for_connection
                        from hub.journal j
                        left join hub.job o on o.id = j.job_id
                        left join hub.item i on i.id = j.item_id
                        where j.id = :entry and j.user_id = :user
                        """)
                .param("entry", entryId)
                .param("user", userId)
                .query((row, n) ->
                        new Found(write(row), row.getString("cause"), Columns.idOrNull(row, "for_connection")))
                .optional();
        return found.map(it -> {
            if (it.cause().equals("moved") || it.connectionId() == null) {
                throw new ConflictingState("This entry tells of no write that could be taken back.");
            }
            return new Entry(it.write(), it.connectionId());
        });
    }

    private Write write(ResultSet row) throws SQLException {
        var payload = payloads.of(row);
        return new Write(
                Columns.id(row, "item_id"),
                Columns.idOrNull(row, "connection_id"),
                fields(payload.before()),
                fields(payload.after()),
                fields(payload.itemBefore()),
                fields(payload.itemAfter()),
                Columns.instant(row, "at"));
    }

    private static @Nullable Map<String, JsonNode> fields(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return null;
        }
        Map<String, JsonNode> fields = new TreeMap<>();
        json.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    @Override
    public void add(Undone undone) {
        var counts = JsonNodeFactory.instance.objectNode();
        undone.counts().forEach((what, number) -> counts.put(what.id(), number));
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, preview, status, done, total, counts,
                            requested_at, started_at, completed_at, undoes, undoes_entry)
                        values (:id, :connection, :user, 'undo', 'incremental', :preview, 'completed', :items, :items,
                            :counts::jsonb, :at, :at, :at, :undoes, :entry)
                        """)
                .param("id", undone.jobId())
                .param("connection", undone.connectionId())
                .param("user", undone.userId())
                .param("preview", undone.preview())
                .param("items", undone.items())
                .param("counts", counts.toString())
                .param("at", Columns.parameter(undone.at()))
                .param("undoes", undone.undoes())
                .param("entry", undone.undoesEntry())
                .update();
        if (!undone.steps().isEmpty()) {
            batches.batchUpdate(
                    STEP,
                    undone.steps().stream()
                            .map(step -> parameters(undone.jobId(), step))
                            .toArray(SqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource parameters(UUID jobId, Step step) {
        return new MapSqlParameterSource("job", jobId)
                .addValue("side", step.connectionId())
                .addValue("operation", step.operation())
                .addValue("item", step.itemId())
                .addValue("title", Nul.outOf(step.title()))
                .addValue("before", json(step.before()))
                .addValue("after", json(step.after()))
                .addValue("reason", step.left() == null ? null : step.left().id());
    }

    private static @Nullable String json(@Nullable Map<String, JsonNode> fields) {
        if (fields == null) {
            return null;
        }
        var document = JsonNodeFactory.instance.objectNode();
        fields.forEach(document::set);
        return Nul.outOfJson(document.toString());
    }
}
