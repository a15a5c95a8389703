package io.dayflow.hub.sandbox;

import static io.dayflow.hub.sandbox.SandboxCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.call.CredentialSource;
import io.dayflow.hub.server.HubClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An account that was connected by its user's consent: what is stored, refreshed, ended and given back. */
@SandboxHub
class OauthConnectionIT {

    private static final String INTEGRATIONS = "/api/integrations";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CredentialSource credentials;

    @Autowired
    ConfigurableEnvironment environment;

    private SandboxCalls todoist;
    private HubCalls hub;
    private UUID user;

    @BeforeEach
    void calls() {
        hub = new HubCalls(port);
        todoist = new SandboxCalls(port, "todoist");
        user = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(user, user + "@example.org")
                .update();
    }

    @AfterEach
    void clear() {
        todoist.clear();
    }

    private HttpRequest.Builder asUser(String path) {
        return hub.asUser(path, user);
    }

    private HttpResponse<String> post(String body) {
        return hub.post(asUser(INTEGRATIONS), body);
    }

    private JsonNode authorize() {
        var begun = post("{\"action\": \"authorize\", \"service\": \"todoist\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        return json(begun);
    }

    private HttpResponse<String> connect(Map<String, String> back) {
        return post("{\"action\": \"connect\", \"service\": \"todoist\", \"code\": \"%s\", \"state\": \"%s\"}"
                .formatted(back.get("code"), back.get("state")));
    }

    private JsonNode connected(JsonNode account) {
        var reply = connect(ConsentVisit.allow(
                authorize().path("authUrl").asText(), account.path("account").asText()));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
        return json(reply);
    }

    private static UUID id(JsonNode integration) {
        return UUID.fromString(integration.path("integrationId").asText());
    }

    private long tokensAsked(JsonNode account) {
        return StreamSupport.stream(todoist.requests(account).spliterator(), false)
                .filter(request -> request.path("path").asText().endsWith("/oauth/token"))
                .count();
    }

    private Map<String, Object> row(UUID connection) {
        return jdbc.sql("select * from hub.oauth_grant where connection_id = ?")
                .param(connection)
                .query()
                .singleRow();
    }

    private JsonNode card(UUID connection) {
        var services = json(hub.send(asUser(INTEGRATIONS))).path("services");
        return StreamSupport.stream(services.spliterator(), false)
                .flatMap(service ->
                        StreamSupport.stream(service.path("integrations").spliterator(), false))
                .filter(integration -> id(integration).equals(connection))
                .findFirst()
                .orElseThrow();
    }

    private void expire(UUID connection) {
        jdbc.sql("update hub.oauth_grant set expires_at = now() + interval '1 second',"
                        + " consented_at = now() - interval '1 hour', refreshed_at = null where connection_id = ?")
                .param(connection)
                .update();
    }

    @Test
    void aServiceTellsThatItIsConnectedByConsentOrToken() {
        var services = json(hub.send(asUser(INTEGRATIONS))).path("services");

        assertThat(services.findValuesAsText("name")).contains("todoist").doesNotContain("notion", "slack", "jira");
        var known = StreamSupport.stream(services.spliterator(), false)
                .filter(service -> service.path("name").asText().equals("todoist"))
                .findFirst()
                .orElseThrow();
        assertThat(known.path("auth")).extracting(JsonNode::asText).containsExactly("oauth2", "token");
        assertThat(known.path("configured").asBoolean()).isTrue();
        assertThat(known.path("setup").isNull()).isTrue();
    }

    @Test
    void whatIsAllowedIsStoredSealedWithTheConsent() {
        var account = todoist.open(3);

        var integration = connected(account);

        assertThat(integration.path("status").asText()).isEqualTo("idle");
        assertThat(integration.path("account").asText())
                .contains(account.path("account").asText());
        assertThat(integration.path("collections")).isNotEmpty();
        var row = row(id(integration));
        assertThat(row.get("version")).isEqualTo(1L);
        assertThat(row.get("consented_at")).isNotNull();
        assertThat(row.get("expires_at")).isNotNull();
        assertThat(row.get("scopes").toString()).contains("data:read_write", "data:delete");
        assertThat(jdbc.sql("select credentials is null from hub.connection where id = ?")
                        .param(id(integration))
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select detail ->> 'scopes' from hub.audit where user_id = ? and action = 'consent.given'")
                        .param(user)
                        .query(String.class)
                        .single())
                .contains("data:delete");
    }

    @Test
    void aStateOfAnotherUserAndAReplayedAnswerAreRefusedWithTheField() {
        var account = todoist.open(0);
        var back = ConsentVisit.allow(
                authorize().path("authUrl").asText(), account.path("account").asText());
        assertThat(connect(back).statusCode()).isEqualTo(201);

        assertThat(HubCalls.problem(connect(back), 400).path("errors").findValuesAsText("message"))
                .singleElement()
                .asString()
                .contains("used already");
        var strangers = hub.post(
                hub.asUser(INTEGRATIONS),
                "{\"action\": \"connect\", \"service\": \"todoist\", \"code\": \"x\", \"state\": \"%s\"}"
                        .formatted(authorize().path("state").asText()));
        assertThat(HubCalls.problem(strangers, 400).path("errors").findValuesAsText("field"))
                .containsExactly("state");
    }

    @Test
    void aCodeThatIsNotGoodIsTheServicesRefusalAndNothingIsStored() {
        var begun = authorize();

        var refused =
                connect(Map.of("code", "made-up", "state", begun.path("state").asText()));

        assertThat(HubCalls.problem(refused, 422).path("detail").asText())
                .contains("Todoist does not accept the answer", "Begin again");
        connect(Map.of("code", "made-up", "state", begun.path("state").asText()));
        assertThat(jdbc.sql("select detail ->> 'reason' from hub.audit where user_id = ? and action = 'consent.refused'"
                                + " order by id")
                        .param(user)
                        .query(String.class)
                        .list())
                .containsExactly("needs_reconnect", "state_used");
        assertThat(jdbc.sql("select count(*) from hub.connection where user_id = ?")
                        .param(user)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTokenThatIsAboutToEndIsRefreshedFirst() {
        var account = todoist.open(0);
        var id = id(connected(account));
        assertThat(tokensAsked(account)).isOne();
        var before = credentials.find(id);
        expire(id);

        var fresh = credentials.find(id);

        assertThat(fresh).isNotNull().isNotEqualTo(before);
        assertThat(credentials.find(id)).isEqualTo(fresh);
        assertThat(tokensAsked(account)).isEqualTo(2);
        assertThat(row(id).get("version")).isEqualTo(2L);
        assertThat(row(id).get("refresher")).isNull();
    }

    private List<String> missing(UUID connection) {
        return StreamSupport.stream(card(connection).path("missingScopes").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** What the trail says to be lost, for each time that tokens were refreshed. */
    private List<String> lost(UUID connection) {
        return jdbc.sql("select coalesce(detail ->> 'lost', '') from hub.audit"
                        + " where action = 'credentials.refreshed' and object = ? order by id")
                .param("connection:" + connection)
                .query(String.class)
                .list();
    }

    @Test
    void whatTheServiceAllowsNoMoreIsMissingAndToldOnceUntilItIsAllowedAgain() {
        var account = todoist.open(0);
        var integration = connected(account);
        var id = id(integration);
        assertThat(missing(id)).isEmpty();
        jdbc.sql("update sandbox.permission set scopes = '{data:read_write}' where account = ?")
                .param(account.path("account").asText())
                .update();

        var client = new HubClient(URI.create("http://127.0.0.1:" + port + "/"), RunningHub.SERVICE_TOKEN, user);
        try (var events = client.events()) {
            for (int refreshes = 1; refreshes <= 2; refreshes++) {
                expire(id);
                assertThat(credentials.find(id)).isNotNull();
                assertThat(missing(id)).containsExactly("data:delete");
            }
            events.await(
                    "integration",
                    Duration.ofSeconds(10),
                    card -> id(card).equals(id)
                            && card.path("missingScopes").path(0).asText().equals("data:delete"));
        }

        assertThat(lost(id)).containsExactly("data:delete", "");
        syncs(integration, "completed");
        var again = connected(account);
        assertThat(id(again)).isEqualTo(id);
        assertThat(missing(id)).isEmpty();
        expire(id);
        assertThat(credentials.find(id)).isNotNull();
        assertThat(missing(id)).isEmpty();
        assertThat(lost(id)).containsExactly("data:delete", "", "");
    }

    @Test
    void aTokenThatTheServiceRefusesIsRefreshedOnceAndTheRunGoesOn() {
        var account = todoist.open(2);
        var integration = connected(account);
        todoist.faults(account, "{\"expireToken\": true}");

        syncs(integration, "completed");

        assertThat(tokensAsked(account)).isEqualTo(2);
        assertThat(card(id(integration)).path("error").isNull()).isTrue();
    }

    @Test
    void whatItsUserTookBackNeedsReconnectingAndKeepsLinksAndSettings() {
        var account = todoist.open(4);
        var integration = connected(account);
        syncs(integration, "completed");
        var links = links(integration);
        todoist.faults(account, "{\"revokeToken\": true}");

        syncs(integration, "failed");

        var card = card(id(integration));
        assertThat(card.path("status").asText()).isEqualTo("needs_reconnect");
        assertThat(card.path("error").path("message").asText()).contains("no longer accepts the permission");
        assertThat(row(id(integration)).get("refusal")).isNotNull();
        todoist.clear();

        var again = connected(account);

        assertThat(id(again)).isEqualTo(id(integration));
        assertThat(again.path("error").isNull()).isTrue();
        assertThat(links(again)).isEqualTo(links).isPositive();
        syncs(again, "completed");
    }

    @Test
    void disconnectingRevokesTheTokens() {
        var account = todoist.open(0);
        var integration = connected(account);

        var gone = hub.send(
                asUser(INTEGRATIONS + "?integrationId=" + id(integration)).DELETE());

        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(jdbc.sql("select count(*) from hub.oauth_grant where connection_id = ?")
                        .param(id(integration))
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select ended from sandbox.permission where account = ?")
                        .param(account.path("account").asText())
                        .query(Boolean.class)
                        .list())
                .containsOnly(true);
    }

    @Test
    void aPermissionThatATokenTakesThePlaceOfIsGivenBack() {
        var account = todoist.open(0);
        var allowed = connected(account);

        var typed = post("{\"action\": \"connect\", \"service\": \"todoist\", \"credentials\": %s}"
                .formatted(account.path("credentials")));

        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        assertThat(id(json(typed))).isEqualTo(id(allowed));
        assertThat(ended(account)).containsOnly(true);
        assertThat(credentials.find(id(allowed))).isNotNull();
    }

    /** What was allowed for nothing is over, unless that would end what the user allowed before. */
    @Test
    void whatIsNotKeptIsGivenBackUnlessTheUserAllowsSomethingElse() {
        var account = todoist.open(0);
        assertThat(connectInVain(account)).isEqualTo(422);
        assertThat(ended(account)).containsExactly(true);

        connected(account);
        assertThat(connectInVain(account)).isEqualTo(422);

        assertThat(ended(account)).containsExactlyInAnyOrder(true, false, false);
        syncs(connected(account), "completed");
    }

    private int connectInVain(JsonNode account) {
        var back = ConsentVisit.allow(
                authorize().path("authUrl").asText(), account.path("account").asText());
        todoist.faults(account, "{\"status\": 403, \"times\": 1}");
        var refused = connect(back).statusCode();
        todoist.clear();
        return refused;
    }

    private List<Boolean> ended(JsonNode account) {
        return jdbc.sql("select ended from sandbox.permission where account = ?")
                .param(account.path("account").asText())
                .query(Boolean.class)
                .list();
    }

    @Test
    void aServiceThatIsNotSetUpSaysWhatToSet() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "none", Map.of("hub.providers.todoist.client-id", "", "TODOIST_CLIENT_ID", "")));
        try {
            var todoistNow = StreamSupport.stream(
                            json(hub.send(asUser(INTEGRATIONS)))
                                    .path("services")
                                    .spliterator(),
                            false)
                    .filter(service -> service.path("name").asText().equals("todoist"))
                    .findFirst()
                    .orElseThrow();
            assertThat(todoistNow.path("setup").asText()).contains("TODOIST_CLIENT_ID");
            var refused = post("{\"action\": \"authorize\", \"service\": \"todoist\"}");
            assertThat(HubCalls.problem(refused, 409).path("detail").asText()).contains("TODOIST_CLIENT_ID");
        } finally {
            environment.getPropertySources().remove("none");
        }
    }

    private long links(JsonNode integration) {
        return jdbc.sql("select count(*) from hub.link where connection_id = ?")
                .param(id(integration))
                .query(Long.class)
                .single();
    }

    private void syncs(JsonNode integration, String status) {
        var ids = StreamSupport.stream(integration.path("collections").spliterator(), false)
                .map(collection -> "{\"id\": \"" + collection.path("id").asText() + "\", \"selected\": true}")
                .toList();
        var selected = hub.send(asUser(INTEGRATIONS)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"integrationId\": \"" + id(integration) + "\", \"collections\": " + ids + "}")));
        assertThat(selected.statusCode()).as(selected.body()).isEqualTo(200);
        var started = hub.post(asUser(INTEGRATIONS + "/sync"), "{\"integrationId\": \"" + id(integration) + "\"}");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        var job = json(started).path("jobId").asText();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(json(hub.send(asUser(INTEGRATIONS + "/jobs/" + job)))
                                .path("status")
                                .asText())
                        .isEqualTo(status));
    }
}
