package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.storage.Columns;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The columns of one row that an edit changes; the others are not touched. Not thread-safe. */
final class Change {

    private final Map<String, String> columns = new LinkedHashMap<>();
    private final MapSqlParameterSource values = new MapSqlParameterSource();
    private @Nullable List<String> tags;

    void text(String column, @Nullable String before, @Nullable String now) {
        if (!Objects.equals(before, now)) {
            set(column, "", now, Types.VARCHAR);
        }
    }

    /** Where an empty text is none. */
    void optional(String column, @Nullable String before, String now) {
        if (!Objects.requireNonNullElse(before, "").replace("\r\n", "\n").equals(now)) {
            set(column, "", now.isEmpty() ? null : now, Types.VARCHAR);
        }
    }

    void flag(String column, @Nullable Boolean before, boolean now) {
        if (before == null || before != now) {
            set(column, "", now, Types.BOOLEAN);
        }
    }

    void instant(String column, @Nullable Instant before, @Nullable Instant now) {
        if (!Objects.equals(before, now)) {
            set(column, "", Columns.parameterOrNull(now), Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }

    void json(String column, JsonNode before, JsonNode now) {
        if (!before.equals(now)) {
            set(column, "::jsonb", now.toString(), Types.VARCHAR);
        }
    }

    void category(Names names, UUID userId, @Nullable String before, @Nullable String now) {
        if (!Objects.equals(before, now)) {
            set("category_id", "", now == null ? null : names.category(userId, now), Types.OTHER);
        }
    }

    void tags(List<String> before, List<String> now) {
        if (!before.equals(now.stream().sorted().toList())) {
            tags = now;
        }
    }

    private void set(String column, String cast, @Nullable Object value, int type) {
        columns.put(column, ":" + column + cast);
        values.addValue(column, value, type);
    }

    boolean isEmpty() {
        return columns.isEmpty() && tags == null;
    }

    /** @return the new row's id */
    UUID insert(JdbcClient jdbc, Names names, boolean event, UUID userId) {
        values.addValue("owner", userId);
        var sql = "insert into " + table(event) + " (user_id, " + String.join(", ", columns.keySet())
                + ") values (:owner, " + String.join(", ", columns.values()) + ") returning id";
        var id = jdbc.sql(sql).paramSource(values).query(UUID.class).single();
        setTags(names, event, id, userId);
        return id;
    }

    void update(JdbcClient jdbc, Names names, boolean event, UUID userId, UUID id) {
        if (isEmpty()) {
            return;
        }
        values.addValue("row", id);
        values.addValue("owner", userId);
        var sets = new ArrayList<>(columns.entrySet().stream()
                .map(column -> column.getKey() + " = " + column.getValue())
                .toList());
        sets.add("updated_at = now()");
        jdbc.sql("update " + table(event) + " set " + sets.stream().collect(Collectors.joining(", "))
                        + " where id = :row and user_id = :owner")
                .paramSource(values)
                .update();
        setTags(names, event, id, userId);
    }

    private void setTags(Names names, boolean event, UUID id, UUID userId) {
        if (tags != null) {
            names.setTags(event, id, userId, tags);
        }
    }

    private static String table(boolean event) {
        return event ? "public.calendar_events" : "public.tasks";
    }
}
