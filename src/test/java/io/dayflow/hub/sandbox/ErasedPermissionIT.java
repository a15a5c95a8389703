package io.dayflow.hub.sandbox;

import static io.dayflow.hub.sandbox.SandboxCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.privacy.ErasureWorker;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a consent is noted as, and what an erasure gives back to the service, by the routes as they run. */
@SandboxHub
class ErasedPermissionIT {

    private static final String INTEGRATIONS = "/api/integrations";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ErasureWorker worker;

    @Autowired
    AuditThrottle throttle;

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
        System.clearProperty("hub.providers.todoist.revoke-url");
        todoist.clear();
    }

    private HttpRequest.Builder asUser(String path) {
        return hub.asUser(path, user).header("User-Agent", "a-test/1.0");
    }

    private String allowed(JsonNode account) {
        var begun = json(hub.post(asUser(INTEGRATIONS), "{\"action\": \"authorize\", \"service\": \"todoist\"}"));
        var back = ConsentVisit.allow(
                begun.path("authUrl").asText(), account.path("account").asText());
        var reply = hub.post(
                asUser(INTEGRATIONS),
                "{\"action\": \"connect\", \"service\": \"todoist\", \"code\": \"%s\", \"state\": \"%s\"}"
                        .formatted(back.get("code"), back.get("state")));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
        return json(reply).path("integrationId").asText();
    }

    private JsonNode consents() {
        return json(hub.send(asUser(INTEGRATIONS + "/consents"))).path("items");
    }

    private JsonNode erased() {
        var asked = hub.send(asUser(INTEGRATIONS + "/data").DELETE());
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        var id = json(asked).path("receiptId").asText();
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            worker.work();
                            return json(hub.send(asUser(INTEGRATIONS + "/data/receipts/" + id)));
                        },
                        receipt -> receipt.path("status").asText().equals("done"));
    }

    private long permissions(JsonNode account) {
        return jdbc.sql("select count(*) from sandbox.permission where account = ? and not ended")
                .param(account.path("account").asText())
                .query(Long.class)
                .single();
    }

    @Test
    void aConsentSaysWhatWasAllowedWhenByWhomAndFromWhereUntilItIsWithdrawn() {
        var account = todoist.open(0);
        var id = allowed(account);

        var consent = consents().get(0);
        assertThat(consent.path("integrationId").asText()).isEqualTo(id);
        assertThat(consent.path("kind").asText()).isEqualTo("oauth2");
        assertThat(consent.path("scopes").toString()).contains("data:read_write");
        assertThat(consent.path("givenBy").asText()).isEqualTo(user.toString());
        assertThat(consent.path("remote").asText()).isEqualTo("127.0.0.1");
        assertThat(consent.path("agent").asText()).isEqualTo("a-test/1.0");
        assertThat(consent.path("textVersion").asText()).isNotEmpty();
        assertThat(consent.path("endedAt").isNull()).isTrue();

        allowed(account);
        assertThat(consents().findValuesAsText("ended")).containsExactly("null", "renewed");

        hub.send(asUser(INTEGRATIONS + "?integrationId=" + id).DELETE());
        assertThat(consents().findValuesAsText("ended")).containsExactly("withdrawn", "renewed");
        assertThat(consents().get(0).path("endedAt").asText()).isNotEmpty();
    }

    @Test
    void anErasureRevokesWhatWasAllowed() {
        var account = todoist.open(3);
        var id = allowed(account);
        assertThat(permissions(account)).isOne();

        var receipt = erased();

        assertThat(permissions(account)).as("the service knows of the end").isZero();
        assertThat(receipt.path("permissions").toString()).isEqualTo("{\"todoist\":{\"revoked\":1}}");
        assertThat(receipt.path("counts").path("hub.connection").asInt()).isOne();
        assertThat(receipt.toString()).doesNotContain(id, user.toString());
        assertThat(consents()).isEmpty();
    }

    /** Another hub's erasure asks so, with what this one has only counted. */
    @Test
    void whatIsOnlyCountedIsWrittenAsSoonAsAnErasureAsksForIt() {
        for (int i = 0; i < 3; i++) {
            throttle.record(new AuditLine(
                    null, AuditLine.ANONYMOUS, "sign_in.refused", null, Map.of("name", user.toString()), "192.0.2.7"));
        }
        assertThat(refusals()).containsExactly("once");

        jdbc.sql("select pg_notify('hub_work', 'audit')").query(row -> {});

        await().atMost(Duration.ofSeconds(10)).until(() -> refusals().equals(List.of("once", "2")));
    }

    private List<String> refusals() {
        return jdbc.sql(
                        "select coalesce(detail ->> 'again', 'once') from hub.audit where detail ->> 'name' = ? order by id")
                .param(user.toString())
                .query(String.class)
                .list();
    }

    @Test
    void aServiceThatDoesNotAnswerIsAskedAgainAndThenGivenUp() {
        var account = todoist.open(0);
        allowed(account);
        System.setProperty(
                "hub.providers.todoist.revoke-url", "http://127.0.0.1:" + port + "/sandbox/todoist/api/v1/tasks");
        todoist.call("PUT", "/faults", "{\"status\": 503}");

        var receipt = erased();

        assertThat(permissions(account)).isOne();
        assertThat(receipt.path("permissions").path("todoist").toString()).contains("unanswered");
        assertThat(jdbc.sql("select attempts from hub.erasure where id = ?")
                        .param(UUID.fromString(receipt.path("receiptId").asText()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }
}
