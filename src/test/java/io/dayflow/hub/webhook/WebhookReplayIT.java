package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.security.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies of deliveries, and secrets that take over from each other. */
@WebhookTest
class WebhookReplayIT {

    private static final String BODY = "{\"user\":\"nobody\",\"changed\":[]}";
    private static final String NEXT = "the-next-secret-of-the-test-app";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private HubCalls hub;

    @BeforeEach
    void clean() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_event").update();
        forget();
    }

    /** The hub of these tests is shared: the secret of the settings holds for the others. */
    @AfterEach
    void forget() {
        jdbc.sql("delete from hub.webhook_secret").update();
        jdbc.sql("select pg_notify('hub_webhook_secret', '')").query().listOfRows();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deliver(signed(Deliveries.SECRET, UUID.randomUUID().toString())) == 200);
        jdbc.sql("delete from hub.webhook_event").update();
    }

    @Test
    void aCopyChangesNothingAlsoAfterTheEventIsDone() {
        assertThat(deliver(signed(Deliveries.SECRET, "copied"))).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select count(*) from hub.webhook_event where state in ('done', 'ignored')")
                                .query(Long.class)
                                .single()
                        == 1);

        for (int i = 0; i < 3; i++) {
            assertThat(deliver(signed(Deliveries.SECRET, "copied"))).isEqualTo(200);
        }
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void theSecretBeforeIsAcceptedUntilTheOverlapIsOver() {
        rotate("{\"service\": \"testtasks\", \"secret\": \"" + NEXT + "\", \"overlapMinutes\": 60}", 200);
        await().atMost(Duration.ofSeconds(20)).until(() -> deliver(signed(NEXT, "new")) == 200);
        assertThat(deliver(signed(Deliveries.SECRET, "old"))).isEqualTo(200);
        assertThat(deliver(signed("another-secret", "wrong"))).isEqualTo(401);

        jdbc.sql("update hub.webhook_secret set valid_until = now() - interval '1 second' where valid_until is not null")
                .update();
        jdbc.sql("select pg_notify('hub_webhook_secret', '')").query().listOfRows();
        await().atMost(Duration.ofSeconds(20)).until(() -> deliver(signed(Deliveries.SECRET, "late")) == 401);
        assertThat(deliver(signed(NEXT, "still"))).isEqualTo(200);
        assertThat(jdbc.sql("select count(*) from hub.audit where action = 'webhook.secret_rotated'")
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(jdbc.sql("select coalesce(string_agg(encode(secret, 'escape'), ' '), '') from hub.webhook_secret")
                        .query(String.class)
                        .single())
                .doesNotContain(NEXT)
                .doesNotContain(Deliveries.SECRET);
    }

    @Test
    void aConnectionWithASecretOfItsOwnAcceptsNoOther() {
        UUID owner = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'UTC')")
                .params(owner, owner + "@example.org")
                .update();
        UUID connection = UUID.randomUUID();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account)"
                        + " values (?, ?, 'testtasks', 'W', ?)")
                .params(connection, owner, connection.toString())
                .update();
        String wish = "{\"integrationId\": \"" + connection + "\", \"secret\": \"" + NEXT + "\"}";
        assertThat(rotateAs(UUID.randomUUID(), wish)).as("nobody").isEqualTo(403);
        rotate(wish, 404);
        assertThat(rotateAs(owner, wish)).isEqualTo(200);

        String path = "/api/webhooks/testtasks/" + connection;
        await().atMost(Duration.ofSeconds(20)).until(() -> deliver(signed(path, NEXT, "own")) == 200);
        assertThat(deliver(signed(path, Deliveries.SECRET, "whole service"))).isEqualTo(401);
        assertThat(deliver(signed(NEXT, "elsewhere"))).isEqualTo(401);
        assertThat(deliver(signed(Deliveries.SECRET, "as ever"))).isEqualTo(200);
    }

    @Test
    void whatCannotBeASecretIsRefused() {
        for (var wish : new String[] {
            "{\"service\": \"testtasks\", \"secret\": \"short\"}",
            "{\"service\": \"no-such\", \"secret\": \"" + NEXT + "\"}",
            "{\"service\": \"testcal\", \"secret\": \"" + NEXT + "\"}",
            "{\"secret\": \"" + NEXT + "\"}",
            "{\"service\": \"testtasks\", \"secret\": \"" + NEXT + "\", \"overlapMinutes\": -1}"
        }) {
            rotate(wish, 400);
        }
    }

    @Test
    void aTimeThatIsSignedAlongHasToBeNear() {
        var form = new io.dayflow.hub.provider.Provider.Signature(
                "X-Signature",
                io.dayflow.hub.provider.Provider.Signature.Encoding.HEX,
                "v0=",
                new io.dayflow.hub.provider.Provider.Signature.Timestamp("X-Time", "v0:", ":", Duration.ofMinutes(5)));
        var at = java.time.Instant.ofEpochSecond(1_800_000_000L);
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        String good = "v0=" + HexFormat.of()
                        .formatHex(Signatures.sign(
                                Secret.of(NEXT), ("v0:1800000000:" + BODY).getBytes(StandardCharsets.UTF_8)));

        assertThat(verdict(form, good, "1800000000", body, at)).isEqualTo(Signatures.Verdict.GOOD);
        assertThat(verdict(form, good, "1800000000", body, at.plusSeconds(300))).isEqualTo(Signatures.Verdict.GOOD);
        assertThat(verdict(form, good, "1800000000", body, at.plusSeconds(301))).isEqualTo(Signatures.Verdict.STALE);
        assertThat(verdict(form, good, "1800000000", body, at.minusSeconds(301))).isEqualTo(Signatures.Verdict.STALE);
        assertThat(verdict(form, good, "1800000001", body, at)).isEqualTo(Signatures.Verdict.WRONG);
        assertThat(verdict(form, good, "soon", body, at)).isEqualTo(Signatures.Verdict.MALFORMED);
        assertThat(verdict(form, good, null, body, at)).isEqualTo(Signatures.Verdict.MISSING);
    }

    private static Signatures.Verdict verdict(
            io.dayflow.hub.provider.Provider.Signature form,
            String signature,
            String time,
            byte[] body,
            java.time.Instant now) {
        return Signatures.verify(
                form,
                java.util.List.of(Secret.of("first-of-two"), Secret.of(NEXT)),
                name -> name.equals("X-Time")
                        ? time == null ? java.util.List.of() : java.util.List.of(time)
                        : java.util.List.of(signature),
                body,
                now);
    }

    private void rotate(String json, int expected) {
        var answer = hub.send(hub.asUser("/api/integrations/webhook-secrets")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        assertThat(answer.body()).doesNotContain(NEXT);
    }

    private int rotateAs(UUID user, String json) {
        return hub.send(hub.to("/api/integrations/webhook-secrets")
                        .header("Authorization", "Bearer " + io.dayflow.hub.RunningHub.SERVICE_TOKEN)
                        .header("X-User-Id", user.toString())
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)))
                .statusCode();
    }

    private int deliver(HttpRequest.Builder request) {
        return hub.send(request).statusCode();
    }

    private long events() {
        return jdbc.sql("select count(*) from hub.webhook_event").query(Long.class).single();
    }

    private HttpRequest.Builder signed(String secret, String id) {
        return signed("/api/webhooks/testtasks", secret, id);
    }

    private HttpRequest.Builder signed(String path, String secret, String id) {
        return hub.to(path)
                .header("Content-Type", "application/json")
                .header(
                        "X-Test-Signature",
                        java.util.Base64.getEncoder()
                                .encodeToString(Signatures.sign(
                                        Secret.of(secret), BODY.getBytes(StandardCharsets.UTF_8))))
                .header("X-Test-Delivery", id)
                .POST(BodyPublishers.ofString(BODY));
    }
}
