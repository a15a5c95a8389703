package io.dayflow.hub.crash;

import static org.awaitility.Awaitility.await;

import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A hub that is meant to be killed: short leases, and a speed that the test sets, with small pages while it is slow. */
final class Hubs {

    private static final Path PROVIDER = Path.of("config", "providers", "caldav.yaml");
    private static final int PAGE = 10;
    private static final int LARGE_PAGE = 50;
    private static final int HURRY = 1_000;

    private Hubs() {}

    static HubProcess start(Path folder, int requestsPerMinute) {
        speed(folder, requestsPerMinute);
        return HubProcess.in(folder)
                .jvm("-XX:TieredStopAtLevel=1") // a life of seconds is spent on starting
                .property("hub.sync.lease-duration", "2s")
                .property("hub.sync.retry-delay", "200ms")
                .start();
    }

    /** Takes effect with the next start. */
    static void speed(Path folder, int requestsPerMinute) {
        try {
            String shipped = Files.readString(PROVIDER);
            int page = requestsPerMinute < HURRY ? PAGE : LARGE_PAGE;
            String ours = shipped.replaceAll("requestsPerMinute: \\d+", "requestsPerMinute: " + requestsPerMinute)
                    .replaceAll("burst: \\d+", "burst: 3")
                    .replaceAll("pageSize: \\d+", "pageSize: " + page);
            Files.createDirectories(folder.resolve(PROVIDER).getParent());
            Files.writeString(folder.resolve(PROVIDER), ours);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user of the hub with one connection. */
    record Account(UUID user, HubClient client, String integrationId) {

        long copies(DayflowDatabase database) {
            return (Long) database.query(
                            "select count(*) as n from hub.link where connection_id = ?",
                            UUID.fromString(integrationId))
                    .getFirst()
                    .get("n");
        }

        /** Waits until the run has committed another page. */
        void awaitProgress(DayflowDatabase database) {
            long before = copies(database);
            await("progress")
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> copies(database) > before);
        }

        long pending(DayflowDatabase database) {
            return (Long) database.query(
                            "select count(*) as n from hub.link where pending and connection_id = ?",
                            UUID.fromString(integrationId))
                    .getFirst()
                    .get("n");
        }

        boolean working(DayflowDatabase database) {
            return !database.query(
                            "select 1 from hub.job where connection_id = ? and status in ('pending', 'running')",
                            UUID.fromString(integrationId))
                    .isEmpty();
        }

        /** Waits until no change is waiting to be taken in and no copy to be pushed. */
        void awaitAgreement(DayflowDatabase database, Duration limit) {
            await("agreement of " + integrationId)
                    .atMost(limit)
                    .ignoreExceptions()
                    .until(() -> database.query("""
                            select 1 from hub.dayflow_change where user_id = ?
                            union all select 1 from hub.link where connection_id = ? and pending
                            """, user, UUID.fromString(integrationId))
                            .isEmpty());
        }
    }

    static Account connect(HubProcess hub, DayflowDatabase database, URI server, String calendar) {
        UUID user = database.createUser("Europe/Berlin");
        HubClient client = hub.client(user);
        String integration = client.connect(
                        "caldav",
                        Map.of("url", server.toString(), "username", "alice", "password", "secret"),
                        Map.of("exportNew", "all", "autoSync", true, "syncDirection", "two_way"))
                .path("integrationId")
                .asText();
        client.selectCollections(integration, calendar);
        return new Account(user, client, integration);
    }
}
