package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast pages answer for a user with 10,000 items, and how much a browser fetches. A figure that misses its limit is
 * reported, and fails nothing. Settings: {@code -Dbench.requests=60}.
 */
@Tag("bench")
@ExtendWith(ServerLogs.class)
class PagesBench {

    private static final int REQUESTS = Integer.getInteger("bench.requests", 60);
    private static final int WARM = 20;
    private static final BenchReport REPORT = new BenchReport();

    /** What fills a user's tables: 6,000 tasks and 4,000 events, known to the hub and linked to one connection. */
    private static final List<String> ROWS = List.of(
            "select set_config('hub.origin', 'hub', false)", """
            insert into public.tasks (user_id, title, description, due_date, status, completed_at, priority)
            select :user, 'Task number ' || n, repeat('words ', 20), now() + (n - 1500) * interval '1 hour',
                   case when n % 2 = 0 then 'completed' else 'pending' end,
                   case when n % 2 = 0 then now() - n * interval '1 minute' end,
                   (array['low', 'medium', 'high', 'urgent'])[1 + n % 4]
            from generate_series(1, 6000) n
            """, """
            insert into public.calendar_events (user_id, title, start_time, end_time, location, recurrence)
            select :user, 'Event number ' || n, now() + (n - 2000) * interval '2 hours',
                   now() + (n - 2000) * interval '2 hours' + interval '1 hour', 'Room ' || n,
                   case when n % 200 = 0 then '{"type": "weekly"}'::jsonb else '{"type": "none"}'::jsonb end
            from generate_series(1, 4000) n
            """, """
            insert into hub.connection (id, user_id, provider, display_name, account, active)
            values (:connection, :user, 'caldav', 'Office', 'ann', false)
            """, """
            insert into hub.item (id, user_id, kind, fields, match_key, origin)
            select id, user_id, 'task', jsonb_build_object('title', title), title, :connection from public.tasks
            where user_id = :user
            union all
            select id, user_id, 'event', jsonb_build_object('title', title), title, :connection
            from public.calendar_events where user_id = :user
            """, """
            insert into hub.link (id, item_id, connection_id, external_id)
            select gen_random_uuid(), id, :connection, '/work/' || id from hub.item where user_id = :user
            union all
            select gen_random_uuid(), id, null, id::text from hub.item where user_id = :user
            """, """
            insert into hub.job (id, connection_id, user_id, operation, mode, status, done, total, counts, started_at,
                                 completed_at)
            select gen_random_uuid(), :connection, :user, 'full_sync', 'full', 'completed', 10000, 10000,
                   '{"read": 10000, "created": 10000}', now(), now() from generate_series(1, 300)
            """, """
            insert into hub.journal (user_id, job_id, item_id, operation, before, after, cause)
            select :user, (select id from hub.job where user_id = :user limit 1), id, 'update',
                   fields, fields || '{"title": "Changed"}', 'sync'
            from hub.item where user_id = :user
            """, """
            insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields)
            select gen_random_uuid(), :user, :connection, l.item_id, l.id, 'event', 'title_mismatch', 'Event',
                   '[{"field": "title", "base": "A", "dayflow": "B", "external": "C", "suggestion": null}]'
            from hub.link l join hub.item i on i.id = l.item_id
            where i.user_id = :user and l.connection_id = :connection limit 500
            """, """
            insert into hub.dead_letter (id, user_id, connection_id, direction, external_id, fault, message, payload)
            select gen_random_uuid(), :user, :connection, 'inbound', '/bad/' || n, 'unreadable', 'no such day',
                   repeat('BEGIN:VCALENDAR ', 50) from generate_series(1, 500) n
            """, "analyze");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @TempDir
    Path folder;

    @AfterAll
    static void report() {
        System.out.println(REPORT.table());
        REPORT.write(Path.of("target", "bench-pages.json"));
    }

    @Test
    void everyPageWith10000Items() {
        try (var hub = HubProcess.in(folder).start();
                var database = hub.database()) {
            var user = database.createUser("Europe/Berlin");
            var connection = UUID.randomUUID();
            ROWS.forEach(sql -> run(database, sql, user, connection));
            signIn(hub.baseUrl(), user);
            for (var path : paths(database, user, connection)) {
                measure(hub.baseUrl(), path);
            }
            weight(hub.baseUrl());
        }
    }

    private static void run(DayflowDatabase database, String sql, UUID user, UUID connection) {
        var text = sql.replace(":user", "'" + user + "'::uuid").replace(":connection", "'" + connection + "'::uuid");
        if (text.startsWith("select")) {
            database.query(text);
        } else {
            database.execute(text);
        }
    }

    private static List<String> paths(DayflowDatabase database, UUID user, UUID connection) {
        return List.of(
                "integrations",
                "integrations/" + connection,
                "activity",
                "activity/history",
                "activity/jobs/" + id(database, "select job_id as id from hub.journal where user_id = ? limit 1", user),
                "conflicts",
                "conflicts/" + id(database, "select id from hub.conflict where user_id = ? limit 1", user),
                "items/tasks",
                "items/tasks?q=number%2055",
                "items/tasks?show=over",
                "items/tasks/" + id(database, "select id from public.tasks where user_id = ? limit 1", user),
                "items/events",
                "items/events/" + id(database, "select id from public.calendar_events where user_id = ? limit 1", user),
                "operations");
    }

    private static Object id(DayflowDatabase database, String sql, UUID user) {
        return database.query(sql, user).getFirst().get("id");
    }

    private void measure(URI base, String path) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM + REQUESTS; i++) {
            long begun = System.nanoTime();
            var response = get(base.resolve(path), false);
            double taken = (System.nanoTime() - begun) / 1e6;
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            if (i >= WARM) {
                times.add(taken);
            }
        }
        REPORT.add(
                "page /" + path.replaceAll("[0-9a-f-]{36}", "…") + ", median",
                Figures.median(times),
                100,
                "ms",
                Map.of("p95 ms", Figures.quantile(times, 0.95), "requests", times.size()));
    }

    /** Everything that a browser fetches for its first page. */
    private void weight(URI base) {
        Map<String, Object> parts = new LinkedHashMap<>();
        var page = get(base.resolve("integrations"), true);
        parts.put("page", page.body().length);
        var document = Jsoup.parse(
                new String(get(base.resolve("integrations"), false).body(), StandardCharsets.UTF_8), base.toString());
        var addresses = new ArrayList<>(
                document.select("link[rel=stylesheet], link[rel=icon]").eachAttr("href"));
        addresses.addAll(document.select("script[src]").eachAttr("src"));
        addresses.add(document.selectFirst("use").attr("href").replaceAll("#.*", ""));
        for (var address : addresses) {
            parts.put(address, get(base.resolve(address), true).body().length);
        }
        double bytes = parts.values().stream().mapToInt(size -> (Integer) size).sum();
        REPORT.add("the first page with all it needs, compressed", bytes / 1000, 150, "kB", parts);
    }

    private HttpResponse<byte[]> get(URI address, boolean compressed) {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "text/html,*/*")
                .header("Accept-Encoding", compressed ? "gzip" : "identity");
        return send(request);
    }

    private void signIn(URI base, UUID user) {
        post(base, "login", "login", Map.of("username", "admin", "password", "operator-of-the-tests"));
        post(base, "integrations", "account/user", Map.of("user", user.toString()));
    }

    private void post(URI base, String form, String action, Map<String, String> values) {
        var page = Jsoup.parse(new String(get(base.resolve(form), false).body(), StandardCharsets.UTF_8));
        var body = new StringBuilder(
                "_csrf=" + encoded(page.selectFirst("input[name=_csrf]").val()));
        values.forEach(
                (name, value) -> body.append('&').append(name).append('=').append(encoded(value)));
        var response = send(HttpRequest.newBuilder(base.resolve(action))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())));
        assertThat(response.statusCode()).as(action).isEqualTo(200);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
