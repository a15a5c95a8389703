package io.dayflow.hub.webhook;

import static io.dayflow.hub.webhook.TestAccount.fat;
import static io.dayflow.hub.webhook.TestAccount.gone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletions that webhooks tell, too many of them, and the health of webhooks. */
@WebhookTest
class GuardedDeletionsIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestService service;

    @Autowired
    ObjectMapper json;

    private HubCalls hub;
    private TestAccount account;

    @BeforeEach
    void twentyTasks() {
        hub = new HubCalls(port);
        service.reset();
        account = new TestAccount(jdbc);
        IntStream.range(0, 20).forEach(i -> service.hold("t" + i, "0001", "Task " + i));
        account.tell(
                hub,
                IntStream.range(0, 20)
                        .mapToObj(i -> fat("t" + i, "0001", "inbox", "Task " + i))
                        .toArray(String[]::new));
        await().atMost(Duration.ofSeconds(20)).until(() -> account.titles().size() == 20);
        account.awaitQuiet();
        service.objects.clear();
    }

    @Test
    void manyDeletionsAtOnceAreHeldAndCarriedOverWhenTheirUserConfirms() throws Exception {
        account.tell(hub, IntStream.range(0, 15).mapToObj(i -> gone("t" + i)).toArray(String[]::new));

        await().atMost(Duration.ofSeconds(20)).until(this::isHeld);
        assertThat(account.titles()).hasSize(20);
        JsonNode job = json.readTree(
                        hub.send(asUser("/api/integrations/jobs?status=held").GET())
                                .body())
                .path("items")
                .path(0);
        assertThat(job.path("operation").asText()).isEqualTo("webhook");
        assertThat(job.path("error").path("message").asText()).contains("15 of 20");

        hub.send(asUser("/api/integrations/sync/" + job.path("jobId").asText())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"action\":\"confirm\"}")));
        await().atMost(Duration.ofSeconds(20)).until(() -> account.titles().size() == 5);
    }

    @Test
    void deletionsOneByOneAreJudgedTogether() {
        for (int i = 0; i < 10; i++) {
            int left = 19 - i;
            account.tell(hub, gone("t" + i));
            await().atMost(Duration.ofSeconds(20)).until(() -> account.titles().size() == left);
        }
        account.tell(hub, gone("t10"));
        await().atMost(Duration.ofSeconds(20)).until(this::isHeld);
        account.awaitQuiet();
        assertThat(account.titles()).hasSize(10);
    }

    @Test
    void theCardSaysWhenSomethingWasToldAndWhenTheServiceFellSilent() throws Exception {
        JsonNode told = webhooks();
        assertThat(told.path("healthy").asBoolean()).isTrue();
        assertThat(told.path("lastEventAt").asText()).isNotEmpty();

        jdbc.sql("update hub.connection set webhook_at = now() - interval '3 days' where id = ?")
                .param(account.connection)
                .update();
        assertThat(webhooks().path("healthy").asBoolean()).isTrue();
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, status, counts, completed_at)
                        values (gen_random_uuid(), ?, ?, 'incremental_sync', 'incremental', 'completed', '{"updated": 1}', now())
                        """).params(account.connection, account.user).update();
        assertThat(webhooks().path("healthy").asBoolean()).isFalse();
        assertThat(webhooks().path("healthy").isBoolean()).isTrue();
        jdbc.sql("update hub.connection set webhook_at = null, confirmed_at = now() where id = ?")
                .param(account.connection)
                .update();
        assertThat(webhooks().path("healthy").isNull()).isTrue();
    }

    private JsonNode webhooks() throws Exception {
        JsonNode services = json.readTree(
                        hub.send(asUser("/api/integrations").GET()).body())
                .path("services");
        for (JsonNode one : services) {
            if (one.path("name").asText().equals("testcal")) {
                assertThat(one.path("integrations")).isEmpty();
            }
            if (one.path("name").asText().equals("testtasks")) {
                return one.path("integrations").path(0).path("webhooks");
            }
        }
        throw new AssertionError(services);
    }

    private boolean isHeld() {
        return account.count(
                        "select count(*) from hub.job where connection_id = ? and status = 'held'", account.connection)
                == 1;
    }

    private HttpRequest.Builder asUser(String path) {
        return hub.to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", account.user.toString());
    }
}
