package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DayflowTablesIT {

    private static final String STAMPS = "created_at timestamptz not null now(), updated_at timestamptz not null now()";
    private static final String ID = "id uuid not null gen_random_uuid()";
    private static final String RECURRENCE = "recurrence jsonb '{\"type\": \"none\"}'";
    private static final String REMINDER = "reminder jsonb '{\"enabled\": false, \"minutesBefore\": 15}'";

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theTablesAreDayflows() {
        var expected = Map.of(
                "users",
                        columns(
                                ID,
                                "email text not null, name text, image text, workos_id text, timezone text 'UTC', preferences jsonb '{}'",
                                STAMPS),
                "categories",
                        columns(
                                ID,
                                "name text not null, color text not null '#3b82f6', icon text, user_id uuid not null",
                                STAMPS),
                "tags", columns(ID, "name text not null, color text not null '#6b7280', user_id uuid not null", STAMPS),
                "tasks",
                        columns(
                                ID,
                                "title text not null, description text, status text not null 'pending', priority text not null 'medium'",
                                "due_date timestamptz, completed_at timestamptz, start_time timestamptz, end_time timestamptz",
                                "progress int4 not null 0, estimated_duration int4, actual_duration int4",
                                RECURRENCE,
                                REMINDER,
                                "user_id uuid not null, category_id uuid",
                                STAMPS),
                "calendar_events",
                        columns(
                                ID,
                                "title text not null, description text, start_time timestamptz not null, end_time timestamptz not null",
                                "is_all_day bool false, location text, meeting_url text, attendees jsonb '[]'",
                                RECURRENCE,
                                REMINDER,
                                "user_id uuid not null, category_id uuid",
                                STAMPS),
                "task_tags", "task_id uuid not null, tag_id uuid not null, created_at timestamptz not null now()",
                "event_tags", "event_id uuid not null, tag_id uuid not null, created_at timestamptz not null now()");

        assertThat(tablesOfSchemaPublic()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void keysAndChecksAreDayflows() {
        assertThat(constraints())
                .containsExactlyInAnyOrder(
                        "calendar_events: FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE SET NULL",
                        "calendar_events: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
                        "calendar_events: PRIMARY KEY (id)",
                        "categories: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
                        "categories: PRIMARY KEY (id)",
                        "event_tags: FOREIGN KEY (event_id) REFERENCES calendar_events(id) ON DELETE CASCADE",
                        "event_tags: FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE",
                        "event_tags: PRIMARY KEY (event_id, tag_id)",
                        "tags: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
                        "tags: PRIMARY KEY (id)",
                        "task_tags: FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE",
                        "task_tags: FOREIGN KEY (task_id) REFERENCES tasks(id) ON DELETE CASCADE",
                        "task_tags: PRIMARY KEY (task_id, tag_id)",
                        "tasks: CHECK (((progress >= 0) AND (progress <= 100)))",
                        "tasks: FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE SET NULL",
                        "tasks: FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
                        "tasks: PRIMARY KEY (id)",
                        "users: PRIMARY KEY (id)",
                        "users: UNIQUE (email)",
                        "users: UNIQUE (workos_id)");
    }

    @Test
    void theMigrationsLeaveTablesAloneThatDayflowMadeItself() {
        jdbc.sql("drop schema hub cascade").update();
        jdbc.sql("insert into public.users (email) values ('ann@example.org')").update();

        Migrations.flyway(database.dataSource()).migrate();

        assertThat(jdbc.sql("select email from public.users")
                        .query(String.class)
                        .list())
                .containsExactly("ann@example.org");
    }

    @Test
    void anEmptyDatabaseGetsOneUserOnce() {
        FirstUser.createIn(jdbc, ZoneId.of("Asia/Kathmandu"));
        FirstUser.createIn(jdbc, ZoneId.of("Europe/Berlin"));

        assertThat(jdbc.sql("select email || ' ' || timezone from public.users")
                        .query(String.class)
                        .list())
                .containsExactly("planner@localhost Asia/Kathmandu");
    }

    private static String columns(String... parts) {
        return String.join(", ", parts);
    }

    private Map<String, String> tablesOfSchemaPublic() {
        return jdbc.sql("""
                        select table_name, column_name || ' ' || udt_name
                               || case is_nullable when 'NO' then ' not null' else '' end
                               || coalesce(' ' || regexp_replace(column_default, '::[a-z]+$', ''), '') as description
                        from information_schema.columns
                        where table_schema = 'public'
                        order by table_name, ordinal_position
                        """).query((row, _) -> Map.entry(row.getString(1), row.getString(2))).list().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(
                                entry -> entry.getValue()
                                        .replace("{\"type\":\"none\"}", "{\"type\": \"none\"}")
                                        .replace(
                                                "{\"enabled\":false,\"minutesBefore\":15}",
                                                "{\"enabled\": false, \"minutesBefore\": 15}"),
                                Collectors.joining(", "))));
    }

    private List<String> constraints() {
        return jdbc.sql("""
                        select conrelid::regclass || ': ' || pg_get_constraintdef(oid)
                        from pg_constraint
                        where connamespace = 'public'::regnamespace
                        """).query(String.class).list();
    }
}
