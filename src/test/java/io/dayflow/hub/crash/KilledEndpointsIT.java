package io.dayflow.hub.crash;

import static io.dayflow.hub.routing.MisbehavingServer.after;
import static io.dayflow.hub.routing.MisbehavingServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.routing.MisbehavingServer;
import io.dayflow.hub.routing.MisbehavingServer.Seen;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.storage.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed between a commit and the webhook about it, and while it sends; then two hubs share the work. */
@ExtendWith(ServerLogs.class)
class KilledEndpointsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGES = 200;

    @Test
    void whatIsCommittedIsToldOverKillsAndByTwoHubsOnce(@TempDir Path first, @TempDir Path second) throws Exception {
        var database = TestDatabase.create().databaseUrl();
        try (var receiver = new MisbehavingServer();
                HubProcess hub = hub(first, database).start();
                DayflowDatabase tables = hub.database()) {
            UUID user = tables.createUser("Europe/Berlin");
            receiver.script("/hook", status(200));
            register(hub, user, receiver.uri("/hook"));

            // committed while no hub lives
            hub.killHard();
            UUID job = job(tables, user);
            assertThat(receiver.seen("/hook")).isEmpty();
            receiver.script("/hook", after(20_000, status(200)), status(200));
            hub.restart();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> receiver.seen("/hook").size() == 1);

            // killed while it waits for the answer: the same message comes again
            hub.killHard();
            hub.restart();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> receiver.seen("/hook").size() >= 2);
            List<Seen> seen = receiver.seen("/hook");
            assertThat(seen).allMatch(message -> message.body().contains(job.toString()));
            assertThat(seen.stream()
                            .map(message -> message.headers().get("webhook-id"))
                            .distinct())
                    .hasSize(1);

            // two hubs: each message once
            Files.createDirectories(second.resolve("data"));
            Files.copy(first.resolve("data/keyset.json"), second.resolve("data/keyset.json"));
            try (HubProcess other = hub(second, database).start()) {
                receiver.script("/hook", status(200));
                int before = receiver.seen("/hook").size();
                for (int i = 0; i < MESSAGES; i++) {
                    job(tables, user);
                }
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> receiver.seen("/hook").size() >= before + MESSAGES);
                await().during(Duration.ofSeconds(4)).until(() -> waiting(tables) == 0);
                assertThat(receiver.seen("/hook").stream()
                                .skip(before)
                                .map(message -> message.headers().get("webhook-id")))
                        .as("sent once each by %s and %s", hub.baseUrl(), other.baseUrl())
                        .doesNotHaveDuplicates()
                        .hasSize(MESSAGES);
            }
        }
    }

    private static HubProcess.Builder hub(Path folder, String database) {
        return HubProcess.in(folder)
                .database(database)
                .jvm("-XX:TieredStopAtLevel=1")
                .property("hub.endpoints.schedule", "1s,1s,1s")
                .property("hub.endpoints.timeout", "30s")
                .property("hub.sync.lease-duration", "2s");
    }

    private static void register(HubProcess hub, UUID user, URI url) throws Exception {
        var request = HttpRequest.newBuilder(hub.baseUrl().resolve("api/integrations/webhook-endpoints"))
                .header("Authorization", "Bearer " + HubProcess.SERVICE_TOKEN)
                .header("X-User-Id", user.toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\": \"%s\", \"events\": [\"job\"]}".formatted(url)))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            JsonNode made = JSON.readTree(answer.body());
            assertThat(made.path("secret").asText()).as(answer.body()).startsWith("whsec_");
        }
    }

    private static UUID job(DayflowDatabase tables, UUID user) {
        UUID connection = UUID.randomUUID();
        UUID job = UUID.randomUUID();
        tables.query(
                "insert into hub.connection (id, user_id, provider, display_name, account)"
                        + " values (?, ?, 'caldav', 'Work', ?) returning id",
                connection,
                user,
                connection.toString());
        tables.query(
                "insert into hub.job (id, connection_id, user_id, operation, mode, status)"
                        + " values (?, ?, ?, 'manual_sync', 'full', 'completed') returning id",
                job,
                connection,
                user);
        return job;
    }

    private static long waiting(DayflowDatabase tables) {
        return (Long) tables.query("select count(*) as n from hub.webhook_message where state = 'waiting'")
                .getFirst()
                .get("n");
    }
}
