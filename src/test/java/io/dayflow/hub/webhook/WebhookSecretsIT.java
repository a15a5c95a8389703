package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.security.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Secrets that take over from each other, for a service and for one connection: in a hub of their own. */
@WebhookTest
@TestPropertySource(properties = "hub.providers.testtasks.client-secret=" + WebhookSecretsIT.SET)
class WebhookSecretsIT {

    private static final String BODY = "{\"user\":\"nobody\",\"changed\":[]}";
    private static final String SERVICE = "/api/webhooks/testtasks";
    static final String SET = "the-secret-of-the-settings";
    private static final String NEXT = "the-next-secret-of-the-test-app";
    private static final String THIRD = "the-third-secret-of-the-test-app";
    private static final Duration SOON = Duration.ofSeconds(20);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private HubCalls hub;

    @BeforeEach
    void clean() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_secret").update();
        heard();
        await().atMost(SOON).until(() -> deliver(SERVICE, SET) == 200 && deliver(SERVICE, NEXT) == 401);
        jdbc.sql("delete from hub.webhook_event").update();
    }

    @Test
    void theSecretBeforeIsAcceptedUntilTheOverlapIsOver() {
        var answer = rotate(ofService(NEXT, 60), 200);
        assertThat(answer.body()).contains("oldSecretUntil\":\"20");
        assertThat(deliver(SERVICE, NEXT)).as("at once").isEqualTo(200);
        assertThat(deliver(SERVICE, SET)).as("during the overlap").isEqualTo(200);
        assertThat(deliver(SERVICE, "another-secret")).isEqualTo(401);

        jdbc.sql(
                        "update hub.webhook_secret set valid_until = now() - interval '1 second' where valid_until is not null")
                .update();
        heard();
        await().atMost(SOON).until(() -> deliver(SERVICE, SET) == 401);
        assertThat(deliver(SERVICE, NEXT)).isEqualTo(200);
    }

    @Test
    void withoutAnOverlapEverySecretBeforeEndsAtOnce() {
        rotate(ofService(NEXT, 600), 200);
        rotate(ofService(THIRD, 0), 200);

        assertThat(deliver(SERVICE, THIRD)).isEqualTo(200);
        assertThat(deliver(SERVICE, NEXT)).isEqualTo(401);
        assertThat(deliver(SERVICE, SET))
                .as("the one whose overlap was not over")
                .isEqualTo(401);
        assertThat(rows()).as("what is over is not kept").isEqualTo(1);
    }

    @Test
    void aLaterOverlapMakesNoEarlierOneLonger() {
        rotate(ofService(NEXT, 1), 200);
        rotate(ofService(THIRD, 600), 200);

        assertThat(jdbc.sql("select count(*) from hub.webhook_secret where valid_until < now() + interval '2 minutes'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(deliver(SERVICE, NEXT)).isEqualTo(200);
    }

    @Test
    void onlySoManyAreAcceptedAtATime() {
        for (int i = 0; i < 4; i++) {
            rotate(ofService(NEXT + i, 600), 200);
        }
        rotate(ofService(NEXT + 4, 600), 400);
        assertThat(deliver(SERVICE, NEXT + 4)).as("refused, and not kept").isEqualTo(401);
        assertThat(deliver(SERVICE, NEXT + 3)).isEqualTo(200);
        rotate(ofService(NEXT + 4, 0), 200);
        assertThat(deliver(SERVICE, NEXT + 4)).isEqualTo(200);
    }

    @Test
    void theTrailTellsOfItAndTheDatabaseHoldsNoSecret() {
        long before = jdbc.sql("select coalesce(max(id), 0) from hub.audit")
                .query(Long.class)
                .single();
        rotate(ofService(NEXT, 60), 200);

        assertThat(jdbc.sql("select actor || ' ' || provider || ' ' || remote from hub.audit"
                                + " where action = 'webhook.secret_rotated' and id > ?")
                        .param(before)
                        .query(String.class)
                        .list())
                .containsExactly(RunningHub.USER + " testtasks 127.0.0.1");
        assertThat(jdbc.sql("select string_agg(s::text || encode(secret, 'escape'), ' ') from hub.webhook_secret s")
                        .query(String.class)
                        .single())
                .doesNotContain(NEXT)
                .doesNotContain(SET);
    }

    @Test
    void aConnectionWithASecretOfItsOwnTakesNoOtherOnceTheOverlapIsOver() {
        var account = new TestAccount(jdbc);
        String path = SERVICE + "/" + account.connection;
        assertThat(deliver(path, SET)).isEqualTo(200);

        rotateAs(account.user, ofConnection(account, NEXT, 60), 200);
        assertThat(deliver(path, NEXT)).isEqualTo(200);
        assertThat(deliver(path, SET)).as("during the overlap").isEqualTo(200);
        rotateAs(account.user, ofConnection(account, THIRD, 0), 200);

        assertThat(deliver(path, THIRD)).isEqualTo(200);
        assertThat(deliver(path, SET)).isEqualTo(401);
        assertThat(deliver(SERVICE, THIRD)).as("it is good nowhere else").isEqualTo(401);
        assertThat(deliver(SERVICE, SET)).as("as ever").isEqualTo(200);
    }

    @Test
    void anothersConnectionIsNotThere() {
        var account = new TestAccount(jdbc);
        rotate(ofConnection(account, NEXT, 0), 404);
        rotateAs(new TestAccount(jdbc).user, ofConnection(account, NEXT, 0), 404);
        assertThat(rows()).isZero();
    }

    @Test
    void aUsersOwnTokenChangesTheOwnConnectionAndNoService() {
        var account = new TestAccount(jdbc);
        assertThat(withTokenOf(account.user, ofService(NEXT, 0)).statusCode()).isEqualTo(403);
        assertThat(rows()).isZero();
        assertThat(withTokenOf(account.user, ofConnection(account, NEXT, 0)).statusCode())
                .isEqualTo(200);
        assertThat(rows()).isEqualTo(1);
    }

    /** Else whoever signs for one connection could use up the ids of what is sent to another. */
    @Test
    void theSameIdAtTwoAddressesIsTwoDeliveries() {
        var one = new TestAccount(jdbc);
        var other = new TestAccount(jdbc);
        rotateAs(one.user, ofConnection(one, NEXT, 0), 200);
        assertThat(deliver(SERVICE + "/" + one.connection, NEXT, "same")).isEqualTo(200);
        assertThat(deliver(SERVICE + "/" + other.connection, SET, "same")).isEqualTo(200);
        assertThat(deliver(SERVICE, SET, "same")).isEqualTo(200);
        assertThat(deliver(SERVICE, SET, "same")).isEqualTo(200);

        assertThat(jdbc.sql("select count(*) from hub.webhook_event where delivery_id like '%:same'")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void disconnectingForgetsTheSecret() {
        var account = new TestAccount(jdbc);
        rotateAs(account.user, ofConnection(account, NEXT, 0), 200);
        String path = SERVICE + "/" + account.connection;
        assertThat(deliver(path, NEXT)).isEqualTo(200);

        var gone = hub.send(hub.to("/api/integrations?integrationId=" + account.connection)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", account.user.toString())
                .DELETE());
        assertThat(gone.statusCode()).as(gone.body()).isBetween(200, 299);
        assertThat(rows()).isZero();
        await().atMost(SOON).until(() -> deliver(path, NEXT) == 401);
        assertThat(deliver(path, SET)).isEqualTo(404);
    }

    @Test
    void whatCannotBeASecretIsRefused() {
        for (var wish : List.of(
                ofService("short", 0),
                ofService("x".repeat(501), 0),
                ofService(NEXT, -1),
                ofService(NEXT, 43_201),
                "{\"service\": \"no-such\", \"secret\": \"" + NEXT + "\"}",
                "{\"service\": \"testcal\", \"secret\": \"" + NEXT + "\"}",
                "{\"secret\": \"" + NEXT + "\"}",
                "{\"service\": \"testtasks\"}",
                "{\"service\": \"testtasks\", \"integrationId\": \"" + UUID.randomUUID() + "\", \"secret\": \"" + NEXT
                        + "\"}")) {
            rotate(wish, 400);
        }
        assertThat(rows()).isZero();
    }

    private static String ofService(String secret, int overlap) {
        return "{\"service\": \"testtasks\", \"secret\": \"%s\", \"overlapMinutes\": %d}".formatted(secret, overlap);
    }

    private static String ofConnection(TestAccount account, String secret, int overlap) {
        return "{\"integrationId\": \"%s\", \"secret\": \"%s\", \"overlapMinutes\": %d}"
                .formatted(account.connection, secret, overlap);
    }

    private HttpResponse<String> rotate(String json, int expected) {
        return rotateAs(RunningHub.USER, json, expected);
    }

    private HttpResponse<String> rotateAs(UUID user, String json, int expected) {
        var answer = rotate(user, RunningHub.SERVICE_TOKEN, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        assertThat(answer.body()).doesNotContain(NEXT);
        return answer;
    }

    private HttpResponse<String> withTokenOf(UUID user, String json) {
        return rotate(user, WebhookTest.Service.TOKEN + user, json);
    }

    private HttpResponse<String> rotate(UUID user, String token, String json) {
        return hub.send(hub.to("/api/integrations/webhook-secrets")
                .header("Authorization", "Bearer " + token)
                .header("X-User-Id", user.toString())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    private int deliver(String path, String secret) {
        return deliver(path, secret, UUID.randomUUID().toString());
    }

    private int deliver(String path, String secret, String id) {
        byte[] digest = Signatures.sign(Secret.of(secret), BODY.getBytes(StandardCharsets.UTF_8));
        return hub.send(hub.to(path)
                        .header("Content-Type", "application/json")
                        .header("X-Test-Signature", Base64.getEncoder().encodeToString(digest))
                        .header("X-Test-Delivery", id)
                        .POST(BodyPublishers.ofString(BODY)))
                .statusCode();
    }

    /** What another instance would say. */
    private void heard() {
        jdbc.sql("select pg_notify('hub_webhook_secret', '')").query().listOfRows();
    }

    private long rows() {
        return jdbc.sql("select count(*) from hub.webhook_secret")
                .query(Long.class)
                .single();
    }
}
