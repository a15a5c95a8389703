package io.dayflow.hub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The hub as a child process: started, killed, started again. */
@ExtendWith(ServerLogs.class)
class HubProcessIT {

    @Test
    void rowsSurviveAKillOfTheHubAndAKillOfItsDatabase(@TempDir Path folder) {
        try (HubProcess hub = HubProcess.in(folder).start();
                DayflowDatabase database = hub.database()) {
            assertThat(hub.rssBytes()).isBetween(50L << 20, hub.peakRssBytes());
            UUID user = database.createUser("Europe/Berlin");
            Instant start = Instant.parse("2026-03-01T09:00:00Z");
            UUID event = database.createEvent(user, "Before", start, start.plusSeconds(3600));
            database.update("calendar_events", event, Map.of("recurrence", "{\"type\":\"daily\"}"));
            long committed = database.updateMeasured("calendar_events", event, "title", "After");
            assertThat(System.nanoTime()).isGreaterThan(committed);

            hub.killHard();
            assertThat(hub.alive()).isFalse();
            hub.restart();
            hub.killDatabase();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(database.rowTitled("calendar_events", user, "After"))
                            .containsEntry("id", event)
                            .containsEntry("start_time", start));

            database.delete("calendar_events", event);
            assertThat(database.row("calendar_events", event)).isNull();
            assertThat(database.count("calendar_events", user)).isZero();
        }
    }
}
