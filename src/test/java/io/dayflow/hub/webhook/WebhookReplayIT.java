package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.security.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies of deliveries change nothing: by their id, and where the time is signed along, by their age. */
@WebhookTest
class WebhookReplayIT {

    private static final String BODY = "{\"user\":\"nobody\",\"changed\":[]}";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private HubCalls hub;

    @BeforeEach
    void clean() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_event").update();
    }

    @Test
    void aCopyChangesNothingAlsoAfterTheEventIsDone() {
        assertThat(Deliveries.deliver(hub, "copied", BODY).statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select count(*) from hub.webhook_event where state in ('done', 'ignored')")
                                .query(Long.class)
                                .single()
                        == 1);

        for (int i = 0; i < 3; i++) {
            assertThat(Deliveries.deliver(hub, "copied", BODY).statusCode()).isEqualTo(200);
        }
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void whatWasSignedLongAgoIsRefusedAndLeavesNothing() {
        Instant now = Instant.now();
        for (var old : List.of(now.minusSeconds(400), now.minusSeconds(86_400), now.plusSeconds(400), Instant.EPOCH)) {
            assertThat(timed(old.getEpochSecond(), old.getEpochSecond()))
                    .as("%s", old)
                    .isEqualTo(401);
        }
        assertThat(timed(now.minusSeconds(400).getEpochSecond(), now.getEpochSecond()))
                .as("an old one that claims to be new")
                .isEqualTo(401);
        assertThat(events()).isZero();
        assertThat(jdbc.sql("select distinct detail ->> 'signature' from hub.audit where provider = 'testtimed'")
                        .query(String.class)
                        .list())
                .contains("stale");

        assertThat(timed(now.getEpochSecond(), now.getEpochSecond())).isEqualTo(200);
        assertThat(events()).isEqualTo(1);
    }

    private int timed(long signed, long claimed) {
        byte[] whole = ("v0:" + signed + ":" + BODY).getBytes(StandardCharsets.UTF_8);
        return hub.send(hub.to("/api/webhooks/testtimed")
                        .header("X-Test-Time", Long.toString(claimed))
                        .header(
                                "X-Test-Signature",
                                "v0=" + HexFormat.of().formatHex(Signatures.sign(Secret.of(Deliveries.SECRET), whole)))
                        .POST(BodyPublishers.ofString(BODY)))
                .statusCode();
    }

    private long events() {
        return jdbc.sql("select count(*) from hub.webhook_event")
                .query(Long.class)
                .single();
    }
}
