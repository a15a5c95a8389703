package io.dayflow.hub.web;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows for pages to show, written past the engine. */
public final class PageSeed {

    private final JdbcClient jdbc;

    public PageSeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public UUID user(String name) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, name, timezone) values (?, ?, ?, 'Europe/Berlin')")
                .params(id, id + "@example.org", name)
                .update();
        return id;
    }

    public UUID connection(UUID user) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account, confirmed_at, last_sync_at)"
                        + " values (?, ?, 'testcal', 'Fastmail', 'ann', now(), now())")
                .params(id, user)
                .update();
        jdbc.sql("insert into hub.collection (id, connection_id, external_id, kind, name, selected)"
                        + " values (?, ?, '/work/', 'event', 'Work', true)")
                .params(UUID.randomUUID(), id)
                .update();
        return id;
    }

    public UUID job(UUID user, UUID connection, String status, int done) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.job (id, connection_id, user_id, operation, mode, status, done, total, started_at)"
                        + " values (?, ?, ?, 'manual_sync', 'full', ?, ?, 120, now() - interval '10 seconds')")
                .params(id, connection, user, status, done)
                .update();
        return id;
    }

    /** Of two fields, of which the first has no suggestion. */
    public UUID conflict(UUID user, UUID connection) {
        return conflict(user, connection, "field_mismatch", """
                [{"field": "title", "base": "A", "dayflow": "B", "external": "C", "suggestion": null},
                 {"field": "start", "base": "2026-03-01T09:00:00Z", "dayflow": "2026-03-01T10:00:00Z",
                  "external": "2026-03-02T09:00:00Z", "suggestion": "external"}]
                """);
    }

    public UUID conflict(UUID user, UUID connection, String type, String fields) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key) values (?, ?, 'event', '{}', 'x')")
                .params(id, user)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, connection_id, external_id) values (?, ?, ?, ?)")
                .params(id, id, connection, "/" + id)
                .update();
        jdbc.sql("insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields)"
                        + " values (?, ?, ?, ?, ?, 'event', ?, 'Dentist', cast(? as jsonb))")
                .params(id, user, connection, id, id, type, fields)
                .update();
        return id;
    }

    public UUID letter(UUID user, UUID connection) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.dead_letter (id, user_id, connection_id, direction, external_id, fault, message,"
                        + " payload) values (?, ?, ?, 'inbound', ?, 'unreadable', 'no such day', '<b>BEGIN')")
                .params(id, user, connection, "/" + id)
                .update();
        return id;
    }

    public void journal(UUID user, UUID job) {
        jdbc.sql("insert into hub.journal (user_id, job_id, item_id, operation, before, after, cause) values"
                        + " (?, ?, ?, 'update', '{\"title\": \"Old\", \"due\": \"2026-03-01\"}',"
                        + " '{\"title\": \"New\", \"due\": \"2026-03-01\"}', 'sync')")
                .params(user, job, UUID.randomUUID())
                .update();
    }

    public UUID alert(UUID user) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.alert (id, rule, subject, user_id, severity, count, first_at, last_at)"
                        + " values (?, 'export', ?, ?, 'medium', 3, now(), now())")
                .params(id, user.toString(), user)
                .update();
        return id;
    }

    /** An erasure that was asked for and not yet begun. */
    public UUID erasure(UUID user) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.erasure (id, user_id, dayflow, requested_at) values (?, ?, 'keep', now())")
                .params(id, user)
                .update();
        return id;
    }

    /** A task with a copy at its service that was called otherwise when it was last seen. */
    public UUID waiting(UUID user, UUID connection, String title) {
        var id = task(user, title);
        jdbc.sql("delete from hub.dayflow_change where row_id = ?").param(id).update();
        jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key)"
                        + " values (?, ?, 'task', jsonb_build_object('title', ?), 'x')")
                .params(id, user, title)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, connection_id, external_id, base, pending)"
                        + " values (?, ?, ?, '/' || ?, '{\"title\": \"As it was\"}', true)")
                .params(UUID.randomUUID(), id, connection, id.toString())
                .update();
        return id;
    }

    /** A task that was deleted at its service. */
    public UUID deleted(UUID user, UUID connection, String title) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key, deleted_at)"
                        + " values (?, ?, 'task', jsonb_build_object('title', ?), 'x', now())")
                .params(id, user, title)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, connection_id, external_id, state, gone_at)"
                        + " select ?, id, ?, '/' || id, 'detached', deleted_at from hub.item where id = ?")
                .params(UUID.randomUUID(), connection, id)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, external_id, state, gone_at)"
                        + " select ?, id, id::text, 'gone', deleted_at from hub.item where id = ?")
                .params(UUID.randomUUID(), id)
                .update();
        return id;
    }

    public UUID task(UUID user, String title) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.tasks (id, user_id, title, due_date, priority) values (?, ?, ?, now(), 'high')")
                .params(id, user, title)
                .update();
        return id;
    }

    public UUID event(UUID user, String title) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.calendar_events (id, user_id, title, start_time, end_time, location)"
                        + " values (?, ?, ?, now(), now() + interval '1 hour', 'Second floor')")
                .params(id, user, title)
                .update();
        return id;
    }
}
