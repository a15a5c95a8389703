package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls for users of the test's own making, and looks at what they left in the tables. */
@TestComponent
class ApiCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    final JdbcClient jdbc;
    private final Environment environment;

    ApiCalls(JdbcClient jdbc, Environment environment) {
        this.jdbc = jdbc;
        this.environment = environment;
    }

    record Reply(int status, JsonNode body, HttpResponse<String> response) {

        Reply expect(int expected) {
            assertThat(status).as("%s", body).isEqualTo(expected);
            return this;
        }

        /** The fields that a 400 names. */
        List<String> wrongFields() {
            var problem = HubCalls.problem(response, 400);
            return problem.path("errors").findValuesAsText("field");
        }

        String problem(int expected) {
            return HubCalls.problem(response, expected).path("detail").asText();
        }
    }

    HubCalls http() {
        return new HubCalls(environment.getRequiredProperty("local.server.port", Integer.class));
    }

    UUID newUser() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(id, id + "@example.org")
                .update();
        return id;
    }

    Reply get(UUID user, String path) {
        return call(user, path, "GET", null);
    }

    Reply post(UUID user, String path, String json) {
        return call(user, path, "POST", json);
    }

    Reply put(UUID user, String path, String json) {
        return call(user, path, "PUT", json);
    }

    Reply delete(UUID user, String path) {
        return call(user, path, "DELETE", null);
    }

    Reply call(UUID user, String path, String method, String json) {
        var request = request(user, path)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return reply(http().send(request));
    }

    HttpRequest.Builder request(UUID user, String path) {
        return http().to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", user.toString());
    }

    /** With the operator's own token. */
    Reply getWith(String token, String path) {
        return reply(http().send(http().to(path).header("Authorization", "Bearer " + token)));
    }

    Reply postWith(String token, String path) {
        return reply(http().send(http().to(path)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody())));
    }

    /** A personal token of this user, who is an operator now. */
    String operatorToken(UUID user) {
        var account = UUID.randomUUID();
        var token = "dfh_" + UUID.randomUUID();
        jdbc.sql("insert into hub.account (id, name, user_id, role, created_at) values (?, ?, ?, 'operator', now())")
                .params(account, "operator-" + account, user)
                .update();
        jdbc.sql(
                        "insert into hub.personal_token (id, user_id, account_id, digest, name, scopes, created_at, expires_at)"
                                + " values (?, ?, ?, sha256(?::bytea), 'x', '{read,write,operator}', now(), now() + interval '1 day')")
                .params(UUID.randomUUID(), user, account, token)
                .update();
        return token;
    }

    static Reply reply(HttpResponse<String> response) {
        try {
            var body = response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
            return new Reply(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /** A connected account; the reply's body is the integration. */
    JsonNode connect(UUID user, String username) {
        return post(user, "/api/integrations", """
                        {"action": "connect", "service": "testcal",
                         "credentials": {"username": "%s", "password": "right"}}
                        """.formatted(username))
                .expect(201)
                .body();
    }

    static UUID id(JsonNode integration) {
        return UUID.fromString(integration.path("integrationId").asText());
    }

    /** Changes with any change in any table of the hub, but for the number of calls it has taken. */
    String fingerprint() {
        var tables = jdbc.sql(
                        "select table_name from information_schema.tables where table_schema = 'hub'"
                                + " and table_name not in ('rate_limit', 'audit', 'audit_chain', 'alert', 'alert_count') order by 1")
                .query(String.class)
                .list();
        var text = new StringBuilder();
        for (var table : tables) {
            text.append(table)
                    .append(' ')
                    .append(jdbc.sql("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from hub."
                                    + table + " t")
                            .query(String.class)
                            .single())
                    .append('\n');
        }
        return text.toString();
    }

    /** An item with a link at a connection. */
    UUID item(UUID user, UUID connection, UUID origin) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key, origin)"
                        + " values (?, ?, 'event', '{\"title\": \"A\"}', 'a', ?)")
                .params(id, user, origin)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, connection_id, external_id, pending) values (?, ?, ?, ?, true)")
                .params(UUID.randomUUID(), id, connection, "/work/" + id + ".ics")
                .update();
        return id;
    }

    UUID conflict(UUID user, UUID connection) {
        var item = item(user, connection, connection);
        var id = UUID.randomUUID();
        jdbc.sql("""
                        insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields)
                        select :id, :user, :connection, :item, l.id, 'event', 'title_mismatch', 'A',
                               '[{"field": "title", "base": "A", "dayflow": "B", "external": "C", "suggestion": null}]'
                        from hub.link l where l.item_id = :item
                        """)
                .param("id", id)
                .param("user", user)
                .param("connection", connection)
                .param("item", item)
                .update();
        return id;
    }

    UUID deadLetter(UUID user, UUID connection) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.dead_letter (id, user_id, connection_id, direction, external_id, fault, message,"
                        + " payload) values (?, ?, ?, 'inbound', ?, 'unreadable', 'no such day', 'BEGIN:VCALENDAR')")
                .params(id, user, connection, "/work/" + id)
                .update();
        return id;
    }

    /** @param owner null: it is nobody's affair */
    UUID alert(UUID owner) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.alert (id, rule, subject, user_id, severity, count, first_at, last_at)"
                        + " values (?, 'reads', cast(? as text), ?, 'low', 1, now(), now())")
                .params(id, id, owner)
                .update();
        return id;
    }

    void journal(UUID user, UUID job, UUID item, UUID connection, String title) {
        jdbc.sql("insert into hub.journal (user_id, job_id, item_id, connection_id, operation, before, after, cause)"
                        + " values (?, ?, ?, ?, 'update', '{\"title\": \"before\"}',"
                        + " jsonb_build_object('title', cast(? as text)), 'sync')")
                .params(user, job, item, connection, title)
                .update();
    }
}
