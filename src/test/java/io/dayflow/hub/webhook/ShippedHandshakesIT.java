package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.security.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the services that ship without routes ask is answered, and what they tell is not taken. */
@RunningHub
class ShippedHandshakesIT {

    private static final String SECRET = "the-signing-secret-of-the-app";
    private static final String CHALLENGE =
            "{\"token\":\"Jhj5dZrVaK7ZwHHjRyZWjbDl\",\"challenge\":\"3eZbrw1aBm2r\",\"type\":\"url_verification\"}";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebhookSecrets secrets;

    private HubCalls hub;

    @BeforeEach
    void start() {
        hub = new HubCalls(port);
    }

    @AfterEach
    void forget() {
        jdbc.sql("delete from hub.webhook_secret where provider = 'slack'").update();
        secrets.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"outlook", "microsoft-teams"})
    void theTokenOfASubscriptionIsAnswered(String service) {
        var answer = hub.send(hub.to("/api/webhooks/" + service
                        + "?validationToken=Validation%3a+Testing+client+application+reachability+for+subscription")
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Validation: Testing client application reachability for subscription");
        for (var query : List.of("", "?validationToken=abc")) {
            HubCalls.problem(
                    hub.post(hub.to("/api/webhooks/" + service + query), "{\"value\":[{\"clientState\":\"x\"}]}"), 404);
        }
    }

    @Test
    void aCallbackIsLookedForByHead() {
        assertThat(hub.send(hub.to("/api/webhooks/trello").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        HubCalls.problem(hub.post(hub.to("/api/webhooks/trello"), "{\"action\":{}}"), 404);
    }

    @Test
    void aChallengeIsAnsweredOnceItsSecretIsSet() {
        HubCalls.problem(hub.send(signed(CHALLENGE)), 401);
        var set = hub.asUser("/api/integrations/webhook-secrets")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"service\":\"slack\",\"secret\":\"%s\"}".formatted(SECRET)));
        assertThat(hub.send(set).statusCode()).isEqualTo(200);

        var answer = hub.send(signed(CHALLENGE));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("3eZbrw1aBm2r");
        HubCalls.problem(hub.send(signed("{\"type\":\"event_callback\"}")), 404);
        HubCalls.problem(hub.post(hub.to("/api/webhooks/slack"), CHALLENGE), 401);
        assertThat(jdbc.sql("select count(*) from hub.webhook_event where provider = 'slack'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private HttpRequest.Builder signed(String body) {
        long time = Instant.now().getEpochSecond();
        byte[] whole = ("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8);
        return hub.to("/api/webhooks/slack")
                .header("X-Slack-Request-Timestamp", Long.toString(time))
                .header(
                        "X-Slack-Signature",
                        "v0=" + HexFormat.of().formatHex(Signatures.sign(Secret.of(SECRET), whole)))
                .POST(BodyPublishers.ofString(body));
    }
}
