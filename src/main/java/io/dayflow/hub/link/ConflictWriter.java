package io.dayflow.hub.link;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.storage.Nul;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes the conflicts of a {@link WriteSet}. Of those that ended without a person the audit trail is told, in the same
 * transaction and by one line for each connection: which fields, never their values.
 */
@Component
class ConflictWriter {

    private static final String OPEN = """
            insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields, detected_at)
            values (:id, :user, :connection, :item, :link, :kind, :type, :title, :fields::jsonb, :detectedAt)
            on conflict (link_id) where status = 'open'
            do update set type = excluded.type, title = excluded.title, fields = excluded.fields
            """;
    private static final String DECIDED = """
            insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields, detected_at,
                status, resolution, resolved_by, resolved_at)
            values (:id, :user, :connection, :item, :link, :kind, :type, :title, :fields::jsonb, :detectedAt,
                'resolved', :resolution, 'strategy', :detectedAt)
            """;
    private static final String CLOSE = """
            update hub.conflict f set status = 'resolved', resolution = closed.resolution,
                resolved_by = coalesce(f.resolved_by, 'hub'), resolved_at = now()
            from unnest(:links::uuid[], :resolutions::text[]) as closed (link, resolution)
            where f.link_id = closed.link and f.status = 'open'
            returning f.user_id, f.connection_id, f.resolution,
                array(select field ->> 'field' from jsonb_array_elements(f.fields) field) as paths
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Audit audit;

    ConflictWriter(JdbcClient jdbc, NamedParameterJdbcTemplate batches, Audit audit) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.audit = audit;
    }

    /** A conflict that is over. */
    private record Ended(UUID userId, UUID connectionId, String resolution, List<String> paths) {}

    void write(WriteSet writes) {
        List<Ended> ended = new ArrayList<>(closed(writes.closedConflicts()));
        ended.removeIf(conflict -> conflict.resolution().equals(WriteSet.BY_PERSON));
        insert(OPEN, writes.conflicts().stream().map(ConflictWriter::values).toList());
        insert(
                DECIDED,
                writes.decidedConflicts().entrySet().stream()
                        .map(decided -> values(decided.getKey()).addValue("resolution", decided.getValue()))
                        .toList());
        writes.decidedConflicts().forEach((conflict, resolution) -> ended.add(ended(conflict, resolution)));
        tell(ended, writes.jobId());
    }

    private List<Ended> closed(Map<UUID, String> closed) {
        if (closed.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(CLOSE)
                .param("links", closed.keySet().stream().map(UUID::toString).toArray(String[]::new))
                .param("resolutions", closed.values().toArray(String[]::new))
                .query(ConflictWriter::ended)
                .list();
    }

    private void insert(String sql, List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            batches.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
        }
    }

    private void tell(List<Ended> ended, @Nullable UUID jobId) {
        Map<UUID, List<Ended>> byConnection = new LinkedHashMap<>();
        for (Ended conflict : ended) {
            byConnection
                    .computeIfAbsent(conflict.connectionId(), id -> new ArrayList<>())
                    .add(conflict);
        }
        byConnection.forEach((connection, conflicts) -> audit.ofHub(
                Deed.CONFLICT_SETTLED,
                conflicts.getFirst().userId(),
                jdbc.sql("select provider from hub.connection where id = ?")
                        .param(connection)
                        .query(String.class)
                        .single(),
                AuditLine.object("connection", connection),
                detail(conflicts, jobId)));
    }

    private static Map<String, Object> detail(List<Ended> conflicts, @Nullable UUID jobId) {
        TreeMap<String, Integer> resolutions = new TreeMap<>();
        TreeSet<String> fields = new TreeSet<>();
        for (Ended conflict : conflicts) {
            resolutions.merge(conflict.resolution(), 1, Integer::sum);
            // an element's key is content: a tag, or somebody's address
            conflict.paths().forEach(path -> fields.add(Paths.field(path)));
        }
        TreeMap<String, Object> detail = new TreeMap<>(
                Map.of("conflicts", conflicts.size(), "resolutions", resolutions, "fields", String.join(", ", fields)));
        if (jobId != null) {
            detail.put("jobId", jobId.toString());
        }
        return detail;
    }

    private static Ended ended(OpenConflict conflict, String resolution) {
        return new Ended(
                conflict.userId(),
                conflict.connectionId(),
                resolution,
                conflict.fields().stream().map(OpenConflict.Field::field).toList());
    }

    private static Ended ended(ResultSet row, int number) throws SQLException {
        return new Ended(
                row.getObject("user_id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getString("resolution"),
                List.of((String[]) row.getArray("paths").getArray()));
    }

    private static MapSqlParameterSource values(OpenConflict conflict) {
        return new MapSqlParameterSource("id", conflict.id())
                .addValue("user", conflict.userId())
                .addValue("connection", conflict.connectionId())
                .addValue("item", conflict.itemId())
                .addValue("link", conflict.linkId())
                .addValue("kind", conflict.kind().id())
                .addValue("type", conflict.type().id())
                .addValue("title", Nul.outOf(conflict.title()))
                .addValue("fields", Json.write(conflict.fields()))
                .addValue("detectedAt", Timestamp.from(conflict.detectedAt()));
    }
}
