package io.dayflow.hub.fuzz;

import io.dayflow.hub.RunningHub;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Things that requests may be about, under the same ids in every run, and there again however often they are deleted. */
final class Garden {

    /** Another user, whose things are nobody else's. */
    static final UUID OTHER = id(1);

    /** A user who is erased again and again. */
    static final UUID GOING = id(2);

    private static final UUID CALENDAR = id(10);
    private static final UUID TASKS = id(11);
    private static final UUID FOREIGN = id(12);
    private static final UUID JOB = id(20);
    private static final UUID HELD_JOB = id(21);
    private static final UUID ITEM = id(30);
    private static final UUID DELETED_ITEM = id(31);
    private static final UUID CONFLICT = id(40);
    private static final UUID LETTER = id(50);
    private static final UUID ALERT = id(60);
    private static final UUID ENDPOINT = id(70);
    private static final UUID MESSAGE = id(71);
    private static final UUID COLLECTION = id(80);
    private static final long ENTRY = 900_000_000L;

    private final JdbcClient jdbc;

    Garden(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static UUID id(long number) {
        return new UUID(0x019a_0000_0000_7000L, 0x8000_0000_00f0_0000L + number);
    }

    /** Ids of what is there, of what is another user's, and of nothing. */
    static List<String> ids() {
        var ids = new ArrayList<String>();
        for (var known : List.of(
                CALENDAR,
                TASKS,
                FOREIGN,
                JOB,
                HELD_JOB,
                ITEM,
                DELETED_ITEM,
                CONFLICT,
                LETTER,
                ALERT,
                ENDPOINT,
                MESSAGE,
                COLLECTION,
                id(99))) {
            ids.add(known.toString());
        }
        ids.add(Long.toString(ENTRY));
        return ids;
    }

    /** Those of what a name such as {@code jobId} speaks of. */
    static List<String> ids(String name) {
        return switch (name) {
            case "integrationId" -> texts(CALENDAR, TASKS);
            case "jobId" -> texts(JOB, HELD_JOB);
            case "itemId" -> texts(ITEM, DELETED_ITEM);
            case "conflictId" -> texts(CONFLICT);
            case "deadLetterId" -> texts(LETTER);
            case "alertId" -> texts(ALERT);
            case "endpointId" -> texts(ENDPOINT);
            case "messageId" -> texts(MESSAGE);
            case "entryId" -> List.of(Long.toString(ENTRY));
            default -> List.of();
        };
    }

    private static List<String> texts(UUID... ids) {
        return Arrays.stream(ids).map(UUID::toString).toList();
    }

    /** Everything as at the beginning. */
    void plant() {
        jdbc.sql("delete from hub.webhook_event").update();
        for (var user : List.of(RunningHub.USER, OTHER, GOING)) {
            clear(user);
        }
        connection(CALENDAR, RunningHub.USER, "testcal");
        connection(TASKS, RunningHub.USER, "testtasks");
        connection(FOREIGN, OTHER, "testcal");
        jdbc.sql(
                        "insert into hub.collection (id, connection_id, external_id, kind, name) values (?, ?, '/work/', 'event', 'Work')")
                .params(COLLECTION, CALENDAR)
                .update();
        job(JOB, "completed");
        job(HELD_JOB, "held");
        item(ITEM, false);
        item(DELETED_ITEM, true);
        conflict();
        jdbc.sql(
                        "insert into hub.dead_letter (id, user_id, connection_id, direction, external_id, fault, message, payload)"
                                + " values (?, ?, ?, 'inbound', 'a', 'unreadable', 'no such day', 'BEGIN:VCALENDAR')")
                .params(LETTER, RunningHub.USER, CALENDAR)
                .update();
        jdbc.sql("insert into hub.alert (id, rule, subject, severity, count, first_at, last_at)"
                        + " values (?, 'reads', ?, 'low', 1, now(), now())")
                .params(ALERT, RunningHub.USER.toString())
                .update();
        endpoint();
    }

    private void clear(UUID user) {
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin') on conflict do nothing")
                .params(user, user + "@example.org")
                .update();
        for (var table : List.of(
                "hub.conflict",
                "hub.dead_letter",
                "hub.journal",
                "hub.item",
                "hub.job",
                "hub.webhook_endpoint",
                "hub.erasure",
                "hub.connection",
                "public.tasks",
                "public.calendar_events",
                "hub.dayflow_change")) {
            jdbc.sql("delete from " + table + " where user_id = ?").param(user).update();
        }
        jdbc.sql("delete from hub.alert where subject = ?")
                .param(user.toString())
                .update();
        jdbc.sql("delete from hub.webhook_secret").update();
    }

    private void connection(UUID id, UUID user, String provider) {
        jdbc.sql("""
                        insert into hub.connection (id, user_id, provider, display_name, account, endpoints, confirmed_at)
                        values (?, ?, ?, 'Mine', cast(? as text), jsonb_build_object('collections', 'right'), now())
                        """).params(id, user, provider, id).update();
    }

    private void job(UUID id, String status) {
        jdbc.sql("insert into hub.job (id, connection_id, user_id, operation, mode, status)"
                        + " values (?, ?, ?, 'manual_sync', 'full', ?)")
                .params(id, CALENDAR, RunningHub.USER, status)
                .update();
    }

    private void item(UUID id, boolean deleted) {
        jdbc.sql("""
                        insert into hub.item (id, user_id, kind, fields, match_key, origin, deleted_at)
                        values (:id, :user, 'task', '{"title": "A"}', 'a', :connection, case when :deleted then now() end)
                        """)
                .param("id", id)
                .param("user", RunningHub.USER)
                .param("connection", CALENDAR)
                .param("deleted", deleted)
                .update();
        if (!deleted) {
            jdbc.sql("insert into public.tasks (id, user_id, title) values (?, ?, 'A')")
                    .params(id, RunningHub.USER)
                    .update();
        }
        jdbc.sql("insert into hub.link (id, item_id, external_id) values (gen_random_uuid(), ?, cast(? as text))")
                .params(id, id)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, connection_id, external_id) values (gen_random_uuid(), ?, ?, ?)")
                .params(id, CALENDAR, "/work/" + id)
                .update();
    }

    private void conflict() {
        jdbc.sql("""
                        insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields)
                        select :id, :user, :connection, :item, l.id, 'task', 'title_mismatch', 'A',
                               '[{"field": "title", "base": "A", "dayflow": "B", "external": "C", "suggestion": null}]'
                        from hub.link l where l.item_id = :item and l.connection_id = :connection
                        """)
                .param("id", CONFLICT)
                .param("user", RunningHub.USER)
                .param("connection", CALENDAR)
                .param("item", ITEM)
                .update();
        jdbc.sql("""
                        insert into hub.journal (id, user_id, item_id, connection_id, operation, before, after, cause)
                        overriding system value
                        values (?, ?, ?, ?, 'update', '{"title": "before"}', '{"title": "A"}', 'sync')
                        """).params(ENTRY, RunningHub.USER, ITEM, CALENDAR).update();
    }

    private void endpoint() {
        jdbc.sql(
                        "insert into hub.webhook_endpoint (id, user_id, url, events, secret, description, active, created_at, updated_at)"
                                + " values (?, ?, 'https://hook.example.org/', '{job}', '', '', true, now(), now())")
                .params(ENDPOINT, RunningHub.USER)
                .update();
        jdbc.sql("""
                        insert into hub.webhook_message (id, endpoint_id, user_id, type, subject, body, state, next_at, created_at)
                        values (?, ?, ?, 'job', ?, '{}', 'delivered', now(), now())
                        """).params(MESSAGE, ENDPOINT, RunningHub.USER, JOB).update();
    }
}
