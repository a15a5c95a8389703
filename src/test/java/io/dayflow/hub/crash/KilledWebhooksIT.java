package io.dayflow.hub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HookedService;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.RawSender;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed with SIGKILL while deliveries come in: what was answered is worked on after the next start, once. */
@ExtendWith(ServerLogs.class)
class KilledWebhooksIT {

    private static final int TASKS = 40;

    @Test
    void whatWasAnsweredBeforeAKillIsWorkedOnAfterIt(@TempDir Path folder) {
        HookedService.install(folder);
        try (HubProcess hub = HubProcess.in(folder)
                        .database(TestDatabase.create().databaseUrl())
                        .property(HookedService.SECRET_PROPERTY, HookedService.SECRET)
                        .property("hub.sync.lease-duration", "2s")
                        .start();
                DayflowDatabase database = hub.database()) {
            HookedService service = HookedService.connected(database);
            Map<String, Integer> answered = new HashMap<>();
            int version = 0;
            for (int kill = 0; kill < 2; kill++) {
                version = sendUntilKilled(hub, service, answered, version, 300 + kill * 400);
                hub.restart();
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> waiting(database) == 0);
            Map<String, Integer> held = new TreeMap<>();
            database.rows("tasks", service.user).forEach(row -> {
                String[] title = String.valueOf(row.get("title")).split(" ", -1);
                assertThat(held.put(title[0], Integer.valueOf(title[1])))
                        .as("a twin of %s", title[0])
                        .isNull();
            });
            // one delivery more may have been stored whose answer the kill cut off
            assertThat(held.keySet()).containsAll(answered.keySet());
            answered.forEach(
                    (task, newest) -> assertThat(held.get(task)).as(task).isGreaterThanOrEqualTo(newest));
            assertThat(database.query("select count(*) as n from hub.item where user_id = ?", service.user)
                            .getFirst()
                            .get("n"))
                    .isEqualTo((long) held.size());
        }
    }

    private static int sendUntilKilled(
            HubProcess hub, HookedService service, Map<String, Integer> answered, int from, int kills) {
        AtomicBoolean killed = new AtomicBoolean();
        int version = from;
        try (RawSender sender = new RawSender(hub.baseUrl())) {
            while (true) {
                version++;
                if (version == from + kills) {
                    Thread.ofPlatform().start(() -> {
                        hub.killHard();
                        killed.set(true);
                    });
                }
                String task = "t" + version % TASKS;
                byte[] event = service.event(task, version, task + " " + version);
                assertThat(sender.send(HookedService.request(hub.baseUrl(), "d" + version, event)))
                        .isEqualTo(200);
                answered.put(task, version);
            }
        } catch (java.io.UncheckedIOException cut) {
            await().atMost(Duration.ofSeconds(10)).untilTrue(killed);
            return version;
        }
    }

    private static long waiting(DayflowDatabase database) {
        return (Long) database.query("""
                        select (select count(*) from hub.webhook_event where state = 'stored')
                             + (select count(*) from hub.webhook_hint) as n
                        """).getFirst().get("n");
    }
}
