package io.dayflow.hub.people;

import io.dayflow.hub.RunningHub;
import io.dayflow.hub.endpoint.EndpointEvent;
import io.dayflow.hub.endpoint.KeepEndpoints;
import io.dayflow.hub.endpoint.KeepEndpoints.By;
import io.dayflow.hub.endpoint.KeepEndpoints.Wish;
import io.dayflow.hub.web.PageSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Those who ask in the table of routes: nobody, a user, another user, an operator (who names the user, or acts as the
 * user), and bearers of proofs that are wrong or expired. REST and the console are asked with tokens or sessions,
 * everything else with sessions.
 */
final class RouteCallers {

    private static final String PASSWORD = "a sentence of the tests";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final JdbcClient jdbc;
    private final MakeToken make;
    private final KeepEndpoints endpoints;
    private final PageSeed seed;
    private final Map<String, UUID> accounts = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> csrf = new HashMap<>();
    final UUID user;
    private final UUID other;

    RouteCallers(URI base, JdbcClient jdbc, MakeToken make, KeepEndpoints endpoints) {
        this.base = base;
        this.jdbc = jdbc;
        this.make = make;
        this.endpoints = endpoints;
        this.seed = new PageSeed(jdbc);
        // of a test that is repeated
        jdbc.sql(
                        "update hub.account set name = id::text where name in ('user', 'other', 'operator', 'expired', 'third')")
                .update();
        this.user = account("user", "user");
        this.other = account("other", "user");
        account("operator", "operator");
        account("expired", "user");
        account("third", "user");
        token("user", false);
        token("other", false);
        token("operator", true);
        token("expired", false);
        jdbc.sql("update hub.personal_token set expires_at = now() - interval '1 second' where account_id = ?")
                .param(accounts.get("expired"))
                .update();
        tokens.put("wrong", "dfh_" + "A".repeat(43));
        List.of("none", "wrong", "expired", "user", "other", "operator").forEach(this::enter);
    }

    private UUID account(String name, String role) {
        var owner = seed.user(name);
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.account (id, name, user_id, role, password_hash, created_at)"
                        + " values (?, ?, ?, ?, ?, now())")
                .params(id, name, owner, role, "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD))
                .update();
        accounts.put(name, id);
        return owner;
    }

    private UUID ownerOf(String name) {
        return jdbc.sql("select user_id from hub.account where id = ?")
                .param(accounts.get(name))
                .query(UUID.class)
                .single();
    }

    private void token(String name, boolean operator) {
        var scopes = operator
                ? Set.of(TokenScope.READ, TokenScope.WRITE, TokenScope.OPERATOR)
                : Set.of(TokenScope.READ, TokenScope.WRITE);
        var wanted = new MakeToken.Wanted(name, scopes, Instant.now().plus(Duration.ofDays(1)));
        tokens.put(name, make.make(ownerOf(name), accounts.get(name), wanted).token());
    }

    /** Opens the session that a caller has, and reads the token of its forms. */
    void enter(String caller) {
        cookies.put(caller, "");
        form(caller, "/login");
        if (caller.equals("wrong")) {
            cookies.put(caller, cookies.get(caller) + "; SESSION=" + "A".repeat(95));
        } else if (!caller.equals("none")) {
            post(caller, "/login", "username=" + caller + "&password=" + PASSWORD.replace(" ", "+"));
            form(caller, "/security/access");
        }
        if (caller.equals("operator")) {
            post(caller, "/account/user", "user=" + user);
        }
        if (caller.equals("expired")) {
            jdbc.sql("update hub.http_session set expiry_time = 0, last_access_time = 0 where principal_name = ?")
                    .param(accounts.get(caller).toString())
                    .update();
        }
    }

    private void form(String caller, String path) {
        var answer = send(HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "text/html")
                .header("Cookie", cookies.get(caller)));
        keep(caller, answer);
        var token = TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new IllegalStateException(caller + " finds no form at " + path + ": " + answer.statusCode());
        }
        csrf.put(caller, token.group(1));
    }

    private void post(String caller, String path, String values) {
        var answer = send(HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "text/html")
                .header("Cookie", cookies.get(caller))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(values + "&_csrf=" + encoded(csrf.get(caller)))));
        keep(caller, answer);
    }

    private void keep(String caller, HttpResponse<?> answer) {
        var jar = new TreeMap<String, String>();
        for (var pair : cookies.get(caller).split("; ")) {
            put(jar, pair);
        }
        answer.headers().allValues("Set-Cookie").forEach(cookie -> put(jar, cookie.split(";", 2)[0]));
        cookies.put(
                caller,
                String.join(
                        "; ",
                        jar.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .toList()));
    }

    private static void put(Map<String, String> jar, String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0 && equals < pair.length() - 1) {
            jar.put(pair.substring(0, equals), pair.substring(equals + 1));
        } else if (equals > 0) {
            jar.remove(pair.substring(0, equals));
        }
    }

    /** Fresh objects of the user, by the names that rows give them. */
    Map<String, String> objects(String row) {
        for (var owner : List.of(user, other)) {
            for (var table : List.of(
                    "connection", "item", "job", "dead_letter", "journal", "alert", "webhook_endpoint", "erasure")) {
                jdbc.sql("delete from hub." + table + " where user_id = ?")
                        .param(owner)
                        .update();
            }
        }
        var named = new HashMap<String, String>();
        var connection = seed.connection(user);
        jdbc.sql("update hub.connection set provider = ? where id = ?")
                .params(row.contains("webhook-secrets") ? "todoist" : "caldav", connection)
                .update();
        var job = seed.job(user, connection, "running", 30);
        named.put("connection", connection.toString());
        named.put("collection", one("select id from hub.collection where connection_id = ?", connection));
        named.put("job", job.toString());
        named.put("conflict", seed.conflict(user, connection).toString());
        named.put("letter", seed.letter(user, connection).toString());
        seed.journal(user, job);
        named.put("entry", one("select max(id) from hub.journal where user_id = ?", user));
        named.put("task", seed.task(user, "A task").toString());
        named.put("event", seed.event(user, "An event").toString());
        named.put("deleted", seed.deleted(user, connection, "Gone").toString());
        named.put("user", user.toString());
        named.put("third", accounts.get("third").toString());
        named.put("fresh", seed.user("fresh").toString());
        named.put("random", "r" + UUID.randomUUID().toString().substring(0, 8));
        named.put("later", Instant.now().plus(Duration.ofDays(1)).toString());
        named.put("alert", seed.alert(user).toString());
        if (row.contains("{receipt}")) {
            named.put("receipt", seed.erasure(user).toString());
        }
        if (row.contains("{key}")) {
            named.put("key", one("select secret_key from hub.webhook_endpoint where id = ?", endpoint()));
        }
        if (row.contains("{endpoint}")) {
            var endpoint = endpoint();
            named.put("endpoint", endpoint.toString());
            named.put("message", message(endpoint).toString());
        }
        if (row.contains("{session}")) {
            enter("user");
            var kept = cookies.get("user");
            var form = csrf.get("user");
            enter("user");
            cookies.put("user", kept);
            csrf.put("user", form);
            named.put("session", otherSession());
        }
        if (row.contains("{token}")) {
            var wanted = new MakeToken.Wanted(
                    "x", Set.of(TokenScope.READ), Instant.now().plusSeconds(3600));
            named.put(
                    "token",
                    make.make(user, accounts.get("user"), wanted)
                            .about()
                            .tokenId()
                            .toString());
        }
        return named;
    }

    private UUID endpoint() {
        var wish = new Wish("https://hooks.example.org/", List.of(EndpointEvent.JOB), null, true);
        return endpoints.create(new By(user, false), wish, false).endpoint().endpointId();
    }

    private UUID message(UUID endpoint) {
        var id = UUID.randomUUID();
        jdbc.sql(
                        "insert into hub.webhook_message (id, endpoint_id, user_id, type, subject, body, state, next_at, created_at)"
                                + " values (?, ?, ?, 'job', ?, '{}', 'delivered', now(), now())")
                .params(id, endpoint, user, UUID.randomUUID())
                .update();
        return id;
    }

    /** A session of the user's that is not the one in use. */
    private String otherSession() {
        var answer = send(HttpRequest.newBuilder(base.resolve("/security/access"))
                .header("Accept", "text/html")
                .header("Cookie", cookies.get("user")));
        var ended = Pattern.compile("/sessions/([0-9a-f-]{36})/end").matcher(answer.body());
        if (!ended.find()) {
            throw new IllegalStateException("the user has no other session");
        }
        return ended.group(1);
    }

    private String one(String sql, UUID id) {
        return jdbc.sql(sql).param(id).query(String.class).single();
    }

    /** How the hub answers: a status, or {@code login} where the browser is sent to sign in. */
    String ask(RouteRow row, String caller, Map<String, String> objects) {
        return ask(row, caller, objects, row.isRest() ? byToken(caller) : bySession(caller));
    }

    /** With no session but a stranger's, and a caller's token or DayFlow's. */
    String askByToken(RouteRow row, String token, Map<String, String> objects) {
        var headers = new HashMap<>(bySession("none"));
        headers.put(
                "Authorization", "Bearer " + (token.equals("service") ? RunningHub.SERVICE_TOKEN : tokens.get(token)));
        headers.put("X-User-Id", user.toString());
        return ask(row, "none", objects, headers);
    }

    /** Of REST, with no token but a session, and what a page's script sends with it if it wants to change something. */
    String askBySession(RouteRow row, String caller, Map<String, String> objects, boolean withCsrf) {
        var headers = new HashMap<>(Map.of("Cookie", cookies.get(caller)));
        if (withCsrf) {
            headers.put("X-CSRF-TOKEN", csrf.get(caller));
        }
        return ask(row, caller, objects, headers);
    }

    private Map<String, String> byToken(String caller) {
        var headers = new HashMap<String, String>();
        if (tokens.containsKey(caller)) {
            headers.put("Authorization", "Bearer " + tokens.get(caller));
        }
        if (caller.equals("operator")) {
            headers.put("X-User-Id", user.toString());
        }
        return headers;
    }

    private Map<String, String> bySession(String caller) {
        return Map.of("Accept", "text/html,*/*", "Cookie", cookies.get(caller));
    }

    private String ask(RouteRow row, String caller, Map<String, String> objects, Map<String, String> headers) {
        var path = row.path();
        var body = row.body();
        for (var object : objects.entrySet()) {
            path = path.replace("{" + object.getKey() + "}", object.getValue());
            body = body.replace("{" + object.getKey() + "}", object.getValue());
        }
        if (path.contains("{")) {
            throw new IllegalArgumentException(
                    "the row of " + row.endpoint() + " names objects that nobody has: " + path);
        }
        var request =
                HttpRequest.newBuilder(base.resolve(path.replace(" ", "%20"))).timeout(Duration.ofSeconds(20));
        headers.forEach(request::header);
        if (row.isReading() || row.verb().equals("DELETE")) {
            request.method(row.verb(), BodyPublishers.noBody());
        } else if (row.isRest() || !body.isEmpty()) {
            request.header("Content-Type", "application/json").method(row.verb(), BodyPublishers.ofString(body));
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .method(row.verb(), BodyPublishers.ofString("_csrf=" + encoded(csrf.get(caller))));
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            // of a stream that never ends, the head is enough; others are read: some let in one call at a time
            if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
                answer.body().readAllBytes();
            }
            answer.body().close();
            var to = answer.headers().firstValue("Location").orElse("");
            return answer.statusCode() == 302 && to.equals("/login") ? "login" : String.valueOf(answer.statusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(row.endpoint(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Changes with any change of what belongs to the user, but for when it was last used. */
    String fingerprint() {
        var text = new StringBuilder();
        for (var table : List.of(
                "hub.connection where user_id = :user",
                "hub.collection where connection_id in (select id from hub.connection where user_id = :user)",
                "hub.job where user_id = :user",
                "hub.conflict where user_id = :user",
                "hub.dead_letter where user_id = :user",
                "hub.item where user_id = :user",
                "hub.alert where user_id = :user",
                "hub.webhook_endpoint where user_id = :user",
                "hub.webhook_message where user_id = :user",
                "hub.erasure where user_id = :user",
                "hub.account where cast(:user as uuid) is not null",
                "hub.personal_token where user_id = :user",
                "hub.http_session where principal_name = (select id::text from hub.account where user_id = :user)",
                "public.tasks where user_id = :user",
                "public.calendar_events where user_id = :user")) {
            text.append(jdbc.sql("select coalesce(md5(string_agg(t.text, '|' order by t.text)), '') from (select"
                            + " (to_jsonb(t) - array['last_used_at', 'last_access_time', 'expiry_time'])::text"
                            + " from (select * from " + table + ") t) t")
                    .param("user", user)
                    .query(String.class)
                    .single());
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
