package io.dayflow.hub.sandbox;

import static io.dayflow.hub.sandbox.SandboxCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DavException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sandbox's calendar server, as its user, a calendar program and the hub use it. */
@SandboxHub
class CalDavSandboxIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient database;

    private SandboxCalls sandbox;

    @BeforeEach
    void calls() {
        sandbox = new SandboxCalls(port, "caldav");
    }

    @AfterEach
    void clear() {
        sandbox.clear();
    }

    @Test
    void anAccountHasEventsOfThisWeekAndTasksAndItsUserEditsThem() {
        var account = sandbox.open(8);
        assertThat(sandbox.items(account))
                .hasSize(8)
                .extracting(item -> item.path("kind").asText())
                .contains("event", "task");
        var made = sandbox.create(account, """
                {"title": "Visit; long, long", "description": "two\\nlines", "start": "2026-12-01T09:00:00+01:00[Europe/Berlin]",
                 "end": "2026-12-01T10:00:00+01:00[Europe/Berlin]", "location": "Hall 3", "list": "Work",
                 "recurrence": "FREQ=WEEKLY;COUNT=3", "categories": ["a,b", "c"]}""");
        assertThat(made.path("title").asText()).isEqualTo("Visit; long, long");
        assertThat(made.path("description").asText()).isEqualTo("two\nlines");
        assertThat(made.path("start").asText()).isEqualTo("2026-12-01T09:00:00+01:00[Europe/Berlin]");
        assertThat(made.path("categories").toString()).isEqualTo("[\"a,b\",\"c\"]");
        assertThat(made.path("list").asText()).isEqualTo("Work");
        assertThat(made.path("native").path("data").asText())
                .contains("SUMMARY:Visit\\; long\\, long", "DTSTART;TZID=Europe/Berlin:20261201T090000");
        var id = made.path("id").asText();
        var edited = sandbox.edit(account, id, "{\"title\": \"Visit\", \"location\": null, \"list\": \"Personal\"}");
        assertThat(edited.path("location").isNull()).isTrue();
        assertThat(edited.path("native").path("data").asText()).contains("RRULE:FREQ=WEEKLY;COUNT=3");
        assertThat(edited.path("list").asText()).isEqualTo("Personal");
        sandbox.delete(account, id);
        var task = sandbox.create(
                account, "{\"kind\": \"task\", \"title\": \"Pay\", \"due\": \"2026-12-01\", \"priority\": \"high\"}");
        var done = sandbox.edit(account, task.path("id").asText(), "{\"status\": \"completed\"}");
        assertThat(done.path("completedAt").asText()).endsWith("Z");
        assertThat(done.path("due").asText()).isEqualTo("2026-12-01");
        assertThat(done.path("priority").asText()).isEqualTo("high");
        var items = SandboxCalls.of(account) + "/items";
        HubCalls.problem(sandbox.call("POST", items, "{\"title\": \"x\"}"), 400);
        HubCalls.problem(sandbox.call("POST", items, "{\"start\": \"2026-12-01\", \"place\": \"x\"}"), 400);
        HubCalls.problem(sandbox.call("DELETE", items + "/nobody", null), 404);
    }

    @Test
    void theHubItselfAndNoOtherAddressOfThisMachineMayBeCalled(@Autowired DemoAccounts demo) {
        assertThat(demo.services()).contains("caldav");
        var credentials = demo.open("caldav");
        var connected = connect(
                credentials.get("url").reveal(),
                credentials.get("username").reveal(),
                credentials.get("password").reveal());
        assertThat(connected.statusCode()).as(connected.body()).isEqualTo(201);
        var elsewhere = connect("http://127.0.0.1:1/", "a", "b");
        assertThat(elsewhere.statusCode()).isEqualTo(422);
        assertThat(elsewhere.body()).contains("hub.security.allow-private-addresses");
        assertThat(connect("http://localhost:" + port + "/", "a", "b").statusCode())
                .isEqualTo(422);

        var services =
                json(sandbox.hub.send(sandbox.hub.asUser("/api/integrations"))).path("services");
        assertThat(services)
                .filteredOn(service -> service.path("name").asText().equals("caldav"))
                .singleElement()
                .satisfies(service ->
                        assertThat(service.path("sandbox").asBoolean()).isTrue());
        assertThat(services)
                .filteredOn(service -> service.path("name").asText().equals("fastmail"))
                .allSatisfy(service ->
                        assertThat(service.path("sandbox").asBoolean()).isFalse());

        var integration = json(connected);
        select(integration);
        var job = sync(integration);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(json(sandbox.hub.send(sandbox.hub.asUser("/api/integrations/jobs/" + job)))
                                        .path("status")
                                        .asText())
                                .isEqualTo("completed"));
        assertThat(database.sql("select count(*) from public.calendar_events where user_id = ?")
                        .param(RunningHub.USER)
                        .query(Integer.class)
                        .single())
                .isGreaterThan(8);
    }

    @Test
    void faultsSpoilRequestsAndChangesAreFoundByWalking() {
        var account = sandbox.open(3);
        var credentials = account.path("credentials");
        var client = new DavClient(
                credentials.path("username").asText(),
                credentials.path("password").asText());
        var home = client.home(URI.create(credentials.path("url").asText()));
        var work = home.resolve("work/");
        var token = String.valueOf(client.changes(work, "").syncToken());
        sandbox.create(account, "{\"title\": \"New\", \"start\": \"2026-12-01\", \"list\": \"Work\"}");
        assertThat(client.changes(work, token).rows()).hasSize(1);
        sandbox.faults(account, "{\"expireCursor\": true}");
        assertThatThrownBy(() -> client.changes(work, token)).isInstanceOf(DavException.class);
        sandbox.faults(account, "{\"status\": 503, \"retryAfter\": 1, \"times\": 1}");
        assertThatThrownBy(() -> client.list(work))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.status()).isEqualTo(503));
        sandbox.faults(account, "{\"expireToken\": true, \"times\": 1}");
        assertThatThrownBy(() -> client.list(work))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.status()).isEqualTo(401));
        assertThat(client.list(work)).hasSizeGreaterThan(1);
        assertThat(sandbox.requests(account)
                        .valueStream()
                        .map(request -> request.path("method").asText()))
                .contains("PROPFIND", "REPORT");
    }

    @Test
    void methodsOfWebdavPassThereAndNowhereElse() {
        var discovery =
                sandbox.hub.send(sandbox.hub.to("/.well-known/caldav").method("PROPFIND", BodyPublishers.noBody()));
        assertThat(discovery.statusCode()).isEqualTo(301);
        assertThat(discovery.headers().firstValue("Location")).contains("/sandbox/caldav/dav/");
        for (var path :
                new String[] {"/api/integrations", "/sandbox/caldav/accounts", "/sandbox/todoist/api/v1/tasks"}) {
            var refused = sandbox.hub.send(sandbox.hub.to(path).method("PROPFIND", BodyPublishers.noBody()));
            assertThat(refused.statusCode()).as(path).isEqualTo(405);
        }
    }

    private HttpResponse<String> connect(String url, String username, String password) {
        var body = SandboxCalls.JSON
                .createObjectNode()
                .put("action", "connect")
                .put("service", "caldav")
                .set(
                        "credentials",
                        SandboxCalls.JSON.valueToTree(Map.of("url", url, "username", username, "password", password)));
        return sandbox.hub.post(sandbox.hub.asUser("/api/integrations"), body.toString());
    }

    private void select(JsonNode integration) {
        var change = SandboxCalls.JSON.createObjectNode();
        change.set("integrationId", integration.path("integrationId"));
        var collections = change.putArray("collections");
        integration
                .path("collections")
                .forEach(collection -> collections
                        .addObject()
                        .put("id", collection.path("id").asText())
                        .put("selected", true));
        var response = sandbox.hub.send(sandbox.hub
                .asUser("/api/integrations")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(change.toString())));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private String sync(JsonNode integration) {
        var started = sandbox.hub.post(
                sandbox.hub.asUser("/api/integrations/sync"),
                "{\"integrationId\": " + integration.path("integrationId") + "}");
        return json(started).path("jobId").asText();
    }
}
