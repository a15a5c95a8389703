package io.dayflow.hub.dayflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Categories and tags by name: made when missing, one for each name and user, whoever asks at the same time. */
@Component
class Names {

    private final JdbcClient jdbc;

    Names(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    UUID category(UUID userId, String name) {
        return find("public.categories", userId, name).orElseGet(() -> make("public.categories", userId, name));
    }

    UUID tag(UUID userId, String name) {
        return find("public.tags", userId, name).orElseGet(() -> make("public.tags", userId, name));
    }

    /** Gives new rows of one user their tags, each name looked up once. */
    void addTags(boolean event, UUID userId, Map<UUID, List<String>> namesByRow) {
        Map<String, UUID> ids = new HashMap<>();
        List<String> rows = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        namesByRow.forEach((row, names) -> names.forEach(name -> {
            rows.add(row.toString());
            tags.add(ids.computeIfAbsent(name, missing -> tag(userId, missing)).toString());
        }));
        if (!rows.isEmpty()) {
            String table = event ? "public.event_tags" : "public.task_tags";
            jdbc.sql("insert into " + table + " (" + (event ? "event_id" : "task_id") + ", tag_id)"
                            + " select * from unnest(:rows::uuid[], :tags::uuid[]) on conflict do nothing")
                    .param("rows", rows.toArray(String[]::new))
                    .param("tags", tags.toArray(String[]::new))
                    .update();
        }
    }

    /** Gives a row exactly these tags. */
    void setTags(boolean event, UUID rowId, UUID userId, List<String> names) {
        String table = event ? "public.event_tags" : "public.task_tags";
        String column = event ? "event_id" : "task_id";
        String[] tags = names.stream().map(name -> tag(userId, name).toString()).toArray(String[]::new);
        jdbc.sql("delete from " + table + " where " + column + " = :row and not (tag_id = any(:tags::uuid[]))")
                .param("row", rowId)
                .param("tags", tags)
                .update();
        jdbc.sql("insert into " + table + " (" + column
                        + ", tag_id) select :row, unnest(:tags::uuid[]) on conflict do nothing")
                .param("row", rowId)
                .param("tags", tags)
                .update();
    }

    private Optional<UUID> find(String table, UUID userId, String name) {
        return jdbc.sql("select id from " + table
                        + " where user_id = :user and name = :name order by created_at, id limit 1")
                .param("user", userId)
                .param("name", name)
                .query(UUID.class)
                .optional();
    }

    private UUID make(String table, UUID userId, String name) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:place, 0))")
                .param("place", table + " " + userId + " " + name)
                .query((row, n) -> true)
                .single();
        return find(table, userId, name)
                .orElseGet(
                        () -> jdbc.sql("insert into " + table + " (user_id, name) values (:user, :name) returning id")
                                .param("user", userId)
                                .param("name", name)
                                .query(UUID.class)
                                .single());
    }
}
