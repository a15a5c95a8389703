package io.dayflow.hub.sandbox;

import static io.dayflow.hub.sandbox.SandboxCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.provider.ProviderCatalog;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Todoist's stand-in in a running hub: the calls of the sandbox's own, and what the service's API makes of them. */
@SandboxHub
class TodoistSandboxIT {

    private static final String API = "/sandbox/todoist/api/v1";

    @LocalServerPort
    int port;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient database;

    private SandboxCalls sandbox;

    @BeforeEach
    void calls() {
        sandbox = new SandboxCalls(port, "todoist");
    }

    @AfterEach
    void clear() {
        sandbox.clear();
    }

    @Test
    void anAccountHasMadeUpItemsAndItsUserCreatesEditsAndDeletes() {
        var account = sandbox.open(5);
        assertThat(sandbox.items(account)).hasSize(5).allSatisfy(item -> {
            assertThat(item.path("kind").asText()).isEqualTo("task");
            assertThat(item.path("title").asText())
                    .isEqualTo(item.path("native").path("content").asText());
        });
        var made = sandbox.create(account, """
                {"title": "Call back", "notes": "**soon**", "priority": "urgent", "labels": ["phone"], "list": "Office",
                 "due": "2026-12-01T09:00:00+01:00[Europe/Berlin]", "recurrence": "FREQ=WEEKLY;BYDAY=TU", "estimate": 15}""");
        assertThat(made.path("native").path("priority").asInt()).isEqualTo(4);
        assertThat(made.path("native").path("due").path("date").asText()).isEqualTo("2026-12-01T08:00:00Z");
        assertThat(made.path("native").path("due").path("string").asText()).isEqualTo("every tuesday");
        assertThat(made.path("due").asText()).isEqualTo("2026-12-01T09:00:00+01:00[Europe/Berlin]");
        assertThat(made.path("recurrence").asText()).isEqualTo("FREQ=WEEKLY;BYDAY=TU");
        assertThat(made.path("list").asText()).isEqualTo("Office");
        var id = made.path("id").asText();
        var edited = sandbox.edit(account, id, "{\"title\": \"Call back today\", \"due\": null, \"priority\": null}");
        assertThat(edited.path("native").path("content").asText()).isEqualTo("Call back today");
        assertThat(edited.path("due").isNull()).isTrue();
        assertThat(sandbox.edit(account, id, "{\"status\": \"completed\"}")
                        .path("native")
                        .path("checked")
                        .asBoolean())
                .isTrue();
        assertThat(api(account, "GET", "/tasks/" + id).path("content").asText()).isEqualTo("Call back today");
        sandbox.delete(account, id);
        assertThat(sandbox.items(account)).hasSize(5);
        assertThat(api(account, "GET", "/tasks/" + id).path("is_deleted").asBoolean())
                .isTrue();
    }

    @Test
    void whatIsNotKnownIsRefusedAsByTheRestInterface() {
        var account = sandbox.open(0);
        var items = SandboxCalls.of(account) + "/items";
        var unknown = HubCalls.problem(sandbox.call("POST", items, "{\"titel\": \"x\"}"), 400);
        assertThat(unknown.path("errors").get(0).path("field").asText()).isEqualTo("titel");
        HubCalls.problem(sandbox.call("POST", items, "{\"title\": \"x\", \"status\": \"cancelled\"}"), 400);
        HubCalls.problem(sandbox.call("POST", items, "{\"title\": \"x\", \"due\": \"soon\"}"), 400);
        HubCalls.problem(sandbox.call("POST", items, "{}"), 400);
        HubCalls.problem(sandbox.call("PATCH", items + "/nobody", "{\"title\": \"x\"}"), 404);
        HubCalls.problem(sandbox.call("GET", "/accounts/12/items", null), 404);
        HubCalls.problem(sandbox.call("PUT", "/faults", "{\"state\": 500}"), 400);
        HubCalls.problem(sandbox.call("PUT", "/faults", "{\"delay\": \"soon\"}"), 400);
        HubCalls.problem(sandbox.call("POST", "/accounts", "{\"items\": -1}"), 400);
        HubCalls.problem(new SandboxCalls(port, "nobody").call("POST", "/accounts", "{}"), 404);
    }

    @Test
    void onlyProgramsOfThisMachineAreAnswered() {
        for (var header : new String[][] {
            {"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://example.org"}, {"X-Forwarded-For", "192.0.2.1"}
        }) {
            var request = sandbox.hub.to("/sandbox/todoist/accounts").header(header[0], header[1]);
            HubCalls.problem(sandbox.hub.post(request, "{}"), 403);
        }
    }

    @Test
    void commandsInAFormAreRememberedOverARestart() {
        var account = sandbox.open(0);
        var uuid = UUID.randomUUID().toString();
        var commands = "[{\"type\":\"item_add\",\"uuid\":\"" + uuid
                + "\",\"temp_id\":\"t\",\"args\":{\"content\":\"Über & über\"}}]";
        var form = "sync_token=*&resource_types=" + encoded("[\"items\"]") + "&commands=" + encoded(commands);
        var answer = json(form(account, form));
        assertThat(answer.path("sync_status").path(uuid).asText()).isEqualTo("ok");
        assertThat(answer.path("items").get(0).path("content").asText()).isEqualTo("Über & über");
        assertThat(database.sql("select count(*) from sandbox.object where account = ? and type in ('item', 'command')")
                        .param(account.path("account").asText())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(database.sql("select string_agg(body::text, '') from sandbox.object")
                        .query(String.class)
                        .single())
                .doesNotContain(token(account));
    }

    @Test
    void wrongAddressesAndTokensAreToldInTheServicesForm() {
        var account = sandbox.open(0);
        assertThat(json(send(account, "GET", "/Tasks")).path("http_code").asInt())
                .isEqualTo(404);
        var refused = sandbox.hub.send(sandbox.hub.to(API + "/tasks").header("Authorization", "Bearer nobody"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(json(refused).path("error_tag").asText()).isEqualTo("UNAUTHORIZED");
        assertThat(json(form(account, "sync_token=*&resource_types=["))
                        .path("http_code")
                        .asInt())
                .isEqualTo(400);
    }

    @Test
    void faultsSpoilTheNextRequestsAndAreCounted() {
        var account = sandbox.open(1);
        sandbox.faults(account, "{\"retryAfter\": 2, \"times\": 1}");
        var limited = send(account, "GET", "/tasks");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("2");
        assertThat(json(limited).path("error_extra").path("retry_after").asInt())
                .isEqualTo(2);
        assertThat(send(account, "GET", "/tasks").statusCode()).isEqualTo(200);

        sandbox.faults(account, "{\"status\": 503}");
        assertThat(send(account, "GET", "/tasks").statusCode()).isEqualTo(503);
        assertThat(send(account, "GET", "/tasks").statusCode()).isEqualTo(503);

        sandbox.faults(account, "{\"expireToken\": true, \"times\": 1}");
        assertThat(json(send(account, "GET", "/tasks")).path("error_code").asInt())
                .isEqualTo(477);
        sandbox.faults(account, "{\"revokeToken\": true}");
        assertThat(send(account, "GET", "/tasks").statusCode()).isEqualTo(401);

        sandbox.faults(account, "{\"delay\": \"300ms\"}");
        var before = Instant.now();
        assertThat(send(account, "GET", "/tasks").statusCode()).isEqualTo(200);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(290));
        assertThat(sandbox.requests(account)
                        .valueStream()
                        .map(request -> request.path("status").asInt()))
                .containsExactly(429, 200, 503, 503, 401, 401, 200);
    }

    @Test
    void aLostAnswerIsCarriedOut() {
        var account = sandbox.open(0);
        sandbox.faults(account, "{\"loseAnswer\": true}");
        assertThat(send(account, "GET", "/tasks").statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> add(account, "Only once")).isInstanceOf(UncheckedIOException.class);
        assertThat(sandbox.items(account))
                .singleElement()
                .satisfies(item -> assertThat(item.path("title").asText()).isEqualTo("Only once"));
        assertThat(add(account, "Second").statusCode()).isEqualTo(200);
    }

    @Test
    void anExpiredCursorIsRefusedAndANewOneTaken() {
        var account = sandbox.open(0);
        var types = "&resource_types=" + encoded("[\"items\"]");
        var token =
                json(form(account, "sync_token=*" + types)).path("sync_token").asText();
        assertThat(form(account, "sync_token=" + token + types).statusCode()).isEqualTo(200);
        sandbox.faults(account, "{\"expireCursor\": true}");
        assertThat(form(account, "sync_token=" + token + types).statusCode()).isEqualTo(400);
        var next =
                json(form(account, "sync_token=*" + types)).path("sync_token").asText();
        assertThat(form(account, "sync_token=" + next + types).statusCode()).isEqualTo(200);
    }

    @Test
    void tenThousandItemsAreMadeInSeconds() {
        var before = Instant.now();
        var account = sandbox.open(10_000);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        var answer = json(form(account, "sync_token=*&resource_types=" + encoded("[\"items\"]")));
        assertThat(answer.path("items")).hasSize(10_000);
    }

    @Test
    void theHubKnowsWhereItsServicesAre(@Autowired ProviderCatalog providers, @Autowired DemoAccounts demo) {
        assertThat(environment.getProperty("hub.providers.todoist.base-url"))
                .isEqualTo("http://127.0.0.1:" + port + API);
        assertThat(environment.getProperty("hub.providers.todoist.client-secret", ""))
                .hasSizeGreaterThan(30);
        providers.find("todoist").ifPresent(todoist -> {
            assertThat(todoist.address()).endsWith(port + API);
            assertThat(demo.services()).contains("todoist");
        });
    }

    private HttpResponse<String> add(JsonNode account, String content) {
        return sandbox.hub.post(to(account, "/tasks"), "{\"content\": \"" + content + "\"}");
    }

    private JsonNode api(JsonNode account, String method, String path) {
        var response = send(account, method, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private HttpResponse<String> send(JsonNode account, String method, String path) {
        return sandbox.hub.send(to(account, path).method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> form(JsonNode account, String form) {
        return sandbox.hub.send(to(account, "/sync")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder to(JsonNode account, String path) {
        return sandbox.hub.to(API + path).header("Authorization", "Bearer " + token(account));
    }

    private static String token(JsonNode account) {
        return account.path("credentials").path("token").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
