package io.dayflow.hub.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The conflicts of a user. Every statement asks for this user's rows only. */
@Component
public class Conflicts {

    private static final String CARDS = """
            select id, connection_id, item_id, kind, type, title, detected_at, status, fields, resolution, resolved_by,
                   resolved_at
            from hub.conflict where user_id = :user
            """;

    private final JdbcClient jdbc;
    private final AuditedDecisions decisions;

    Conflicts(JdbcClient jdbc, AuditedDecisions decisions) {
        this.jdbc = jdbc;
        this.decisions = decisions;
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
            throw decidedAlready(conflict);
        }
        decisions.resolve(userId, conflict, resolution, values);
        return find(userId, conflictId).orElseThrow(Conflicts::absent);
    }

    /**
     * Decides a conflict, and from now on every one of these fields between DayFlow and this connection, those that are open
     * included: the decisions and the setting are there together, or none is. An open one that was decided or edited meanwhile
     * is left to whoever did that.
     *
     * @param resolution {@link Resolution#KEEP_DAYFLOW} or {@link Resolution#KEEP_EXTERNAL}
     * @throws NotFound if the user has no such conflict
     * @throws ConflictingState if it is not open, or would show something else by now
     * @throws InvalidRequest if it is another, or two items that look alike, of which each is its own question
     */
    public ConflictCard resolveAlways(UUID userId, UUID conflictId, Resolution resolution) {
        if (resolution == Resolution.MERGE) {
            throw new InvalidRequest("always", "goes with the resolutions keep_dayflow and keep_external only");
        }
        var conflict = find(userId, conflictId).orElseThrow(Conflicts::absent);
        if (conflict.type().equals("duplicate")) {
            throw new InvalidRequest("always", "cannot be said of items that look alike");
        }
        if (!conflict.status().equals("open")) {
            throw decidedAlready(conflict);
        }
        var fields = new TreeSet<>(conflict.fieldNames());
        decisions.settle(userId, conflict, others(userId, conflict, fields), fields, resolution);
        return find(userId, conflictId).orElseThrow(Conflicts::absent);
    }

    /** Other open conflicts of the connection that lie in these fields, by their items. */
    private List<ConflictCard> others(UUID userId, ConflictCard said, Set<String> fields) {
        return openOf(userId, said.integrationId()).stream()
                .filter(other -> !other.conflictId().equals(said.conflictId())
                        && !other.type().equals("duplicate")
                        && fields.containsAll(other.fieldNames()))
                .toList();
    }

    /** Those that a decision cannot be carried out for, each with why. */
    public record Refused(UUID conflictId, String detail) {}

    /** What became of many decisions. */
    public record Decided(List<ConflictCard> resolved, List<Refused> refused) {}

    /**
     * Decides many conflicts alike, each for itself: one that cannot be decided keeps no other from it.
     *
     * @throws InvalidRequest with {@link Resolution#MERGE}, which takes values per field
     */
    public Decided resolveAll(UUID userId, List<UUID> conflictIds, Resolution resolution) {
        if (resolution == Resolution.MERGE) {
            throw new InvalidRequest("resolution", "must be keep_dayflow or keep_external for many at once");
        }
        var resolved = new ArrayList<ConflictCard>();
        var refused = new ArrayList<Refused>();
        for (var id : new LinkedHashSet<>(conflictIds)) {
            try {
                resolved.add(resolve(userId, id, resolution, Map.of()));
            } catch (NotFound | ConflictingState | InvalidRequest e) {
                refused.add(new Refused(id, String.valueOf(e.getMessage())));
            }
        }
        return new Decided(resolved, refused);
    }

    private List<ConflictCard> openOf(UUID userId, UUID connectionId) {
        return jdbc.sql(CARDS + "and status = 'open' and connection_id = :connection order by item_id, id")
                .param("user", userId)
                .param("connection", connectionId)
                .query((row, number) -> card(row))
                .list();
    }

    /**
     * Makes the values of one side of a decided conflict an edit of the item: of one between a deletion and an edit, deletes
     * the item again, or restores it.
     *
     * @param resolution whose values, {@link Resolution#KEEP_DAYFLOW} or {@link Resolution#KEEP_EXTERNAL}
     * @throws NotFound if the user has no such conflict
     * @throws ConflictingState if it is open, or about items that look alike, or the item is deleted, or is so already
     */
    public ConflictCard bringBack(UUID userId, UUID conflictId, Resolution resolution) {
        if (resolution == Resolution.MERGE) {
            throw new InvalidRequest("resolution", "must be keep_dayflow or keep_external: whose values to bring back");
        }
        var conflict = find(userId, conflictId).orElseThrow(Conflicts::absent);
        if (conflict.status().equals("open")) {
            throw new ConflictingState("The conflict is open: decide it.");
        }
        if (conflict.type().equals("duplicate")) {
            throw new ConflictingState(
                    "Two items that became one stay one; only values of fields can be brought back.");
        }
        var values = new TreeMap<String, JsonNode>();
        for (var field : conflict.fields()) {
            var value = field.path(resolution == Resolution.KEEP_DAYFLOW ? "dayflow" : "external");
            values.put(field.path("field").asText(), value.isMissingNode() ? NullNode.getInstance() : value);
        }
        decisions.bringBack(userId, conflict, resolution, values);
        return conflict;
    }

    private static ConflictingState decidedAlready(ConflictCard conflict) {
        return new ConflictingState("The conflict is " + conflict.status() + "; only an open one can be decided.");
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
                row.getString("resolved_by"),
                Columns.instantOrNull(row, "resolved_at"));
    }
}
