package io.dayflow.hub.privacy;

import io.dayflow.hub.privacy.HeldTable.Fate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users whose every column holds something to be known again by. */
@TestComponent
class People {

    final JdbcClient jdbc;
    final Schema schema;

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.schema = new Schema(jdbc);
    }

    /**
     * A user with a row in every table that holds anything about people.
     *
     * @param marker in every column of theirs that can hold it
     */
    record Person(UUID id, String marker, UUID connection) {}

    Person anybody() {
        var id = UUID.randomUUID();
        var marker = "planted-" + UUID.randomUUID();
        var keys = new HashMap<String, UUID>();
        schema.plant("public.users", marker, id, keys, Map.of("id", id, "timezone", "Europe/Berlin"));
        for (var table : inOrder()) {
            if (!table.equals("public.users")) {
                schema.plant(table, marker, id, keys, given(table, id, marker, keys));
            }
        }
        // the change capture noted the planner's rows as well: one is enough
        jdbc.sql("delete from hub.dayflow_change where user_id = ? and id < ("
                        + "select max(id) from hub.dayflow_change where user_id = ?)")
                .params(id, id)
                .update();
        return new Person(id, marker, keys.get("hub.connection"));
    }

    /** What others refer to comes first, and so what goes last. */
    private static List<String> inOrder() {
        var tables = new ArrayList<>(HeldTables.all().stream()
                .filter(table -> table.fate() != Fate.NOBODY)
                .map(HeldTable::name)
                .toList());
        Collections.reverse(tables);
        return tables;
    }

    /** What no constraint tells. */
    private static Map<String, Object> given(String table, UUID user, String marker, Map<String, UUID> keys) {
        return switch (table) {
            case "hub.connection" -> Map.of("provider", "testcal", "settings", "{}");
            case "hub.lease" -> Map.of("resource", "run:" + keys.get("hub.connection") + " " + marker);
            case "hub.dayflow_change" -> Map.of("row_id", keys.get("public.tasks"));
            case "hub.audit" ->
                Map.of(
                        "detail",
                        "{\"planted\": \"" + marker + "\", \"who\": \"" + user + "\"}",
                        "user_id",
                        user,
                        "actor",
                        user.toString(),
                        "action",
                        "thing.done",
                        "provider",
                        "testcal");
            case "hub.account" -> Map.of("name", marker + "-name");
            case "hub.http_session" -> {
                keys.put(table, UUID.randomUUID());
                yield Map.of(
                        "primary_id",
                        keys.get(table).toString(),
                        "session_id",
                        UUID.randomUUID().toString(),
                        "principal_name",
                        keys.get("hub.account").toString());
            }
            case "hub.http_session_attributes" ->
                Map.of("session_primary_id", keys.get("hub.http_session").toString());
            case "hub.alert_count" -> Map.of("rule", "sign_in_account", "subject", marker + "-NAME");
            case "public.calendar_events" -> Map.of("start_time", "2026-01-01", "end_time", "2026-01-02");
            default -> Map.of();
        };
    }
}
