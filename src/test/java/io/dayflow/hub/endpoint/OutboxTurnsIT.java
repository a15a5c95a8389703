package io.dayflow.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.RunningHub;
import io.dayflow.hub.endpoint.Outbox.Turn;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is sent to first where more endpoints wait than one look takes. */
@RunningHub
class OutboxTurnsIT {

    private static final List<String> ROUTES = List.of("core-wake-endpoints", "core-sweep-endpoints");
    private static final int BUSY = 120;

    @Autowired
    CamelContext camel;

    @Autowired
    Outbox outbox;

    @Autowired
    JdbcClient jdbc;

    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void thisTestAloneTakesTurns() throws Exception {
        for (var route : ROUTES) {
            camel.getRouteController().stopRoute(route);
        }
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'UTC')")
                .params(user, user + "@example.org")
                .update();
    }

    @AfterEach
    void theHubGoesOn() throws Exception {
        jdbc.sql("delete from public.users where id = ?").param(user).update();
        for (var route : ROUTES) {
            camel.getRouteController().startRoute(route);
        }
    }

    @Test
    void thoseThatHaveWaitedLongestThoughOthersCameBefore() {
        for (int i = 0; i < BUSY; i++) {
            waiting(endpoint(), "1 second");
        }
        UUID late = endpoint();
        waiting(late, "1 second");
        waiting(late, "1 hour");
        UUID notYet = endpoint();
        waiting(notYet, "-1 hour");
        UUID ended = endpoint();
        waiting(ended, "2 hours");
        jdbc.sql("update hub.webhook_endpoint set active = false where id = ?")
                .param(ended)
                .update();

        var turns = outbox.take();

        assertThat(turns)
                .hasSizeLessThan(BUSY)
                .extracting(Turn::endpointId)
                .startsWith(late)
                .doesNotContain(notYet, ended);
        turns.forEach(outbox::release);
    }

    private UUID endpoint() {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into hub.webhook_endpoint (id, user_id, url, events, secret, created_at, updated_at)"
                        + " values (?, ?, 'https://busy.example.org/', '{job}', '', now(), now())")
                .params(id, user)
                .update();
        return id;
    }

    private void waiting(UUID endpoint, String since) {
        jdbc.sql("insert into hub.webhook_message (id, endpoint_id, user_id, type, subject, next_at, created_at)"
                        + " values (gen_random_uuid(), ?, ?, 'ping', gen_random_uuid(), now() - ?::interval, now())")
                .params(endpoint, user, since)
                .update();
    }
}
