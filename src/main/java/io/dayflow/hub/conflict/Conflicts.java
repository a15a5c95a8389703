package io.dayflow.hub.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The conflicts of a user. Every statement asks for this user's rows only. */
@Component
public class Conflicts {

    private static final String CARDS = """
            select id, connection_id, item_id, kind, type, title, detected_at, status, fields, resolution, resolved_at
            from hub.conflict where user_id = :user
            """;

    private final JdbcClient jdbc;
    private final ResolveConflict resolve;

    Conflicts(JdbcClient jdbc, ResolveConflict resolve) {
        this.jdbc = jdbc;
        this.resolve = resolve;
    }

    /**
     * Conflicts, latest first.
     *
     * @param status {@code open} or {@code resolved}, or null for both
     */
    public Page<ConflictCard> list(UUID userId, @Nullable String status, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql(CARDS + """
                          and (cast(:status as text) is null or status = :status)
                          and (cast(:afterId as uuid) is null
                               or (detected_at, id) < (cast(:afterAt as timestamptz), :afterId))
                        order by detected_at desc, id desc limit :fetch
                        """)
                .param("user", userId)
                .param("status", status)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, conflict -> Cursor.of(conflict.detectedAt(), conflict.conflictId()));
    }

    /** How many are open. */
    public long open(UUID userId) {
        return jdbc.sql("select count(*) from hub.conflict where user_id = :user and status = 'open'")
                .param("user", userId)
                .query(Long.class)
                .single();
    }

    public Optional<ConflictCard> find(UUID userId, UUID conflictId) {
        return jdbc.sql(CARDS + "and id = :id")
                .param("user", userId)
                .param("id", conflictId)
                .query((row, number) -> card(row))
                .optional();
    }

    /**
     * Decides a conflict.
     *
     * @param values for {@link Resolution#MERGE}, by field
     * @return the conflict as it is now
     * @throws NotFound if the user has no such conflict
     * @throws ConflictingState if it is decided already
     * @throws InvalidRequest if values are missing, not asked for, or name a field that is not in conflict
     */
    public ConflictCard resolve(UUID userId, UUID conflictId, Resolution resolution, Map<String, JsonNode> values) {
        var conflict = find(userId, conflictId).orElseThrow(Conflicts::absent);
        check(conflict, resolution, values);
        if (!conflict.status().equals("open")) {
            throw new ConflictingState("The conflict is " + conflict.status() + "; only an open one can be decided.");
        }
        resolve.resolve(userId, conflictId, resolution, values);
        return find(userId, conflictId).orElseThrow(Conflicts::absent);
    }

    private static NotFound absent() {
        return new NotFound("There is no such conflict.");
    }

    private static void check(ConflictCard conflict, Resolution resolution, Map<String, JsonNode> values) {
        switch (resolution) {
            case KEEP_DAYFLOW, KEEP_EXTERNAL -> {
                if (!values.isEmpty()) {
                    throw new InvalidRequest("values", "are taken with the resolution merge only");
                }
            }
            case MERGE -> {
                if (values.isEmpty()) {
                    throw new InvalidRequest("values", "is missing: the resolution merge takes a value per field");
                }
                var known = new TreeSet<String>();
                conflict.fields().forEach(field -> known.add(field.path("field").asText()));
                var errors = values.keySet().stream()
                        .filter(field -> !known.contains(field))
                        .map(field -> new FieldError(
                                "values." + field, "is not in conflict; those are " + String.join(", ", known)))
                        .toList();
                if (!errors.isEmpty()) {
                    throw new InvalidRequest(errors);
                }
            }
        }
    }

    private static ConflictCard card(ResultSet row) throws SQLException {
        var fields = Columns.jsonOrNull(row, "fields");
        return new ConflictCard(
                Columns.id(row, "id"),
                Columns.id(row, "connection_id"),
                Columns.id(row, "item_id"),
                row.getString("kind"),
                row.getString("type"),
                row.getString("title"),
                Columns.instant(row, "detected_at"),
                row.getString("status"),
                fields == null ? JsonNodeFactory.instance.arrayNode() : fields,
                row.getString("resolution"),
                Columns.instantOrNull(row, "resolved_at"));
    }
}
