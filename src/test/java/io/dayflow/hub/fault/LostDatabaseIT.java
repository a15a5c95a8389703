package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.server.StandInFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL dies under a working hub: the hub starts it again and goes on. */
@ExtendWith(ServerLogs.class)
class LostDatabaseIT {

    private static final int MANY = 1000;

    @Test
    void aRunAndPushesGoOnWhenTheDatabaseIsKilledUnderThem(@TempDir Path folder) {
        try (HubProcess hub = HubProcess.in(folder)
                        .property("hub.sync.lease-duration", "3s")
                        .property("hub.sync.run-retry-delay", "1s")
                        .start();
                DayflowDatabase dayflow = hub.database()) {
            UUID user = dayflow.createUser("Europe/Berlin");
            try (Scene scene = Scene.of(dayflow, user, hub.client(user), MANY)) {
                scene.standIn.fault(StandInFault.slow(Duration.ofMillis(300))
                        .and(request -> request.body().contains("calendar-multiget")));
                String job = scene.hub.startSync(scene.integration, java.util.Map.of());
                for (int rows : new int[] {150, 550}) {
                    recovering(() -> assertThat(scene.titlesInDayflow()).hasSizeGreaterThan(rows));
                    hub.killDatabase();
                }
                recovering(() -> {
                    JsonNode ended = scene.hub.job(job);
                    assertThat(ended.path("status").asText())
                            .as(ended.toString())
                            .isEqualTo("completed");
                    assertThat(ended.path("counts").path("created").asInt()).isEqualTo(MANY);
                });
                assertThat(scene.titlesInDayflow()).isEqualTo(scene.titlesOnServer());
                assertThat(scene.links()).isEqualTo(MANY);

                scene.standIn.fault(StandInFault.slow(Duration.ofMillis(100)).on("PUT"));
                dayflow.execute(
                        "update public.calendar_events set title = title || ' edited' where user_id = ? and title like 'Event 1%'",
                        user);
                recovering(() -> assertThat(scene.titlesOnServer()).anyMatch(title -> title.endsWith("edited")));
                hub.killDatabase();
                recovering(() -> assertThat(scene.pending()).isZero());
                scene.standIn.clearFaults();
                recovering(() -> assertThat(scene.titlesOnServer()).isEqualTo(scene.titlesInDayflow()));
                scene.settlesWith(scene.titlesOnServer());
            }
            assertThat(hub.alive()).isTrue();
        }
    }

    private static void recovering(org.awaitility.core.ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(holds);
    }
}
