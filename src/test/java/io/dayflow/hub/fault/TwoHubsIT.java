package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.sandbox.caldav.StandInRequest;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.server.StandInFault;
import io.dayflow.hub.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one database: they divide the work, steer each other's jobs, and take over what a dead one leaves. */
@ExtendWith(ServerLogs.class)
class TwoHubsIT {

    private static final int MANY = 600;
    private static final int SWEPT = 200;

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static DayflowDatabase dayflow;
    private static HubProcess first;
    private static HubProcess second;

    @BeforeAll
    static void start() throws IOException {
        database = TestDatabase.create();
        first = hub("first").start();
        second = hub("second")
                .environment(
                        "HUB_ENCRYPTION_KEYSET",
                        folder.resolve("first/data/keyset.json").toString())
                .start();
        dayflow = first.database();
    }

    @AfterAll
    static void stop() {
        dayflow.close();
        second.close();
        first.close();
        database.close();
    }

    private static HubProcess.Builder hub(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path providers = Files.createDirectories(home.resolve("config/providers"));
        String caldav = Files.readString(Path.of("config/providers/caldav.yaml"));
        Files.writeString(
                providers.resolve("caldav.yaml"),
                caldav.replaceAll("pageSize: \\d+", "pageSize: 20")
                        .replaceAll("burst: \\d+", "burst: 200")
                        .replaceAll("requestsPerMinute: \\d+", "requestsPerMinute: 6000"));
        return HubProcess.in(home)
                .database(database.databaseUrl())
                .property("hub.sync.lease-duration", "3s")
                .property("hub.sync.run-retry-delay", "1s")
                .property("hub.sync.retry-delay", "500ms");
    }

    /** A user with a calendar, known to both hubs. */
    private static Scene scene(int events) {
        UUID user = dayflow.createUser("Europe/Berlin");
        return Scene.of(DayflowDatabase.ofUrl(database.databaseUrl()), user, first.client(user), events);
    }

    private record Work(HubProcess worker, HubProcess other) {}

    /** Who runs the connection, as the lease tells by the process. */
    private static Work work(Scene scene) {
        return await()
                .atMost(Scene.PATIENCE)
                .until(
                        () -> dayflow.query(
                                "select owner from hub.lease where resource = ? and until > now()",
                                "run:" + scene.integration),
                        rows -> !rows.isEmpty())
                .stream()
                .map(row -> ((String) row.get("owner")).startsWith(first.pid() + "-")
                        ? new Work(first, second)
                        : new Work(second, first))
                .findFirst()
                .orElseThrow();
    }

    private static void slowPages(Scene scene) {
        scene.standIn.fault(StandInFault.slow(Duration.ofMillis(200))
                .and(request -> request.body().contains("calendar-multiget")));
    }

    private static void awaitRows(Scene scene, int atLeast) {
        scene.eventually(() -> assertThat(scene.titlesInDayflow()).hasSizeGreaterThanOrEqualTo(atLeast));
    }

    @Test
    void manyConnectionsAndEditsAreDividedAndEveryObjectIsWrittenExactlyOnce() {
        List<Scene> scenes = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                scenes.add(scene(20));
            }
            Map<Scene, String> jobs = scenes.stream()
                    .collect(Collectors.toMap(
                            scene -> scene, scene -> scene.hub.startSync(scene.integration, Map.of())));
            jobs.forEach((scene, job) -> assertThat(second.client(scene.user)
                            .awaitJob(job, Scene.PATIENCE)
                            .path("status")
                            .asText())
                    .isEqualTo("completed"));
            scenes.forEach(scene -> scene.standIn.forgetRequests());
            scenes.forEach(TwoHubsIT::editEverything);
            for (Scene scene : scenes) {
                List<String> wanted = new ArrayList<>(IntStream.range(1, 20)
                        .mapToObj(i -> "Event " + i + " edited")
                        .toList());
                IntStream.range(0, 5).forEach(i -> wanted.add("Made " + i));
                scene.eventually(() -> assertThat(scene.titlesOnServer()).containsExactlyInAnyOrderElementsOf(wanted));
                scene.eventually(() -> assertThat(scene.pending()).isZero());
                Map<String, Long> writes = scene.standIn.writes().stream()
                        .collect(Collectors.groupingBy(StandInRequest::toString, Collectors.counting()));
                assertThat(writes)
                        .hasSize(25)
                        .allSatisfy(
                                (object, times) -> assertThat(times).as(object).isEqualTo(1));
                scene.settlesWith(wanted);
            }
            assertThat(dayflow.query("""
                            select item_id, operation from hub.journal where cause = 'push'
                            group by item_id, operation having count(*) > 1""")).as("items that a hub handled twice").isEmpty();
        } finally {
            scenes.forEach(Scene::close);
        }
    }

    private static void editEverything(Scene scene) {
        dayflow.execute(
                "update public.calendar_events set title = title || ' edited', updated_at = now() where user_id = ? and title <> 'Event 0'",
                scene.user);
        IntStream.range(0, 5).forEach(i -> scene.newRow("Made " + i));
        dayflow.execute("delete from public.calendar_events where user_id = ? and title = 'Event 0'", scene.user);
    }

    @Test
    void aKilledHubSRunIsTakenOverAndTheSameJobCompletedWithoutTwins() {
        try (Scene scene = scene(MANY)) {
            slowPages(scene);
            String job = scene.hub.startSync(scene.integration, Map.of());
            Work work = work(scene);
            awaitRows(scene, 100);
            work.worker().killHard();
            try {
                HubClient survivor = work.other().client(scene.user);
                JsonNode ended = survivor.awaitJob(job, Scene.PATIENCE);
                assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
                assertThat(survivor.jobs(scene.integration)).hasSize(1);
                assertThat(ended.path("counts").path("created").asInt()).isEqualTo(MANY);
                assertThat(scene.titlesInDayflow()).isEqualTo(scene.titlesOnServer());
                assertThat(scene.links()).isEqualTo(MANY);
            } finally {
                work.worker().restart();
            }
            scene.standIn.clearFaults();
            scene.settlesWith(scene.titlesOnServer());
        }
    }

    @Test
    void aJobIsPausedAndResumedFromTheOtherHubBetweenPages() {
        try (Scene scene = scene(MANY)) {
            slowPages(scene);
            String job = scene.hub.startSync(scene.integration, Map.of());
            HubClient other = work(scene).other().client(scene.user);
            awaitRows(scene, 60);
            other.control(job, "pause");
            scene.eventually(
                    () -> assertThat(other.job(job).path("status").asText()).isEqualTo("paused"));
            JsonNode paused = other.job(job);
            int rows = scene.titlesInDayflow().size();
            assertThat(rows).isLessThan(MANY).matches(n -> n % 20 == 0);
            assertThat(paused.path("progress").path("done").asInt()).isEqualTo(rows);
            assertThat(paused.path("counts").path("created").asInt()).isEqualTo(rows);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(scene.titlesInDayflow()).hasSize(rows));

            other.control(job, "resume");
            JsonNode ended = other.awaitJob(job, Scene.PATIENCE);
            assertThat(ended.path("status").asText()).isEqualTo("completed");
            assertThat(ended.path("counts").path("created").asInt()).isEqualTo(MANY);
            assertThat(ended.path("progress").path("done").asInt()).isEqualTo(MANY);
            assertThat(ended.path("progress").path("total").asInt()).isEqualTo(MANY);
            scene.standIn.clearFaults();
            scene.settlesWith(scene.titlesOnServer());
            assertThat(scene.links()).isEqualTo(MANY);
        }
    }

    @Test
    void aJobIsCancelledFromTheOtherHubAndTheNextOneBringsTheRest() {
        try (Scene scene = scene(MANY)) {
            slowPages(scene);
            String job = scene.hub.startSync(scene.integration, Map.of());
            HubClient other = work(scene).other().client(scene.user);
            awaitRows(scene, 60);
            other.control(job, "cancel");
            assertThat(other.awaitJob(job, Scene.PATIENCE).path("status").asText())
                    .isEqualTo("cancelled");
            int rows = scene.titlesInDayflow().size();
            assertThat(rows).isLessThan(MANY);
            assertThat(scene.work.size()).isEqualTo(MANY);

            scene.standIn.clearFaults();
            JsonNode rest = scene.hub.syncCompletely(scene.integration);
            assertThat(rest.path("counts").path("created").asInt()).isEqualTo(MANY - rows);
            scene.settlesWith(scene.titlesOnServer());
        }
    }

    @Test
    void aKilledHubSSweepIsTakenOverAndEveryDifferenceIsRepairedOnce() {
        try (Scene scene = scene(SWEPT)) {
            List<String> wanted = differing(scene);
            slowPages(scene);
            String job = scene.hub.startSync(scene.integration, Map.of("mode", "sweep"));
            Work work = work(scene);
            awaitRepaired(scene, 40);
            work.worker().killHard();
            try {
                assertThat(repaired(scene)).as("in mid sweep").isLessThan(SWEPT - 1);
                HubClient survivor = work.other().client(scene.user);
                assertSwept(scene, survivor.awaitJob(job, Scene.PATIENCE));
                assertThat(survivor.jobs(scene.integration).stream()
                                .filter(other -> other.path("mode").asText().equals("sweep")))
                        .hasSize(1);
            } finally {
                work.worker().restart();
            }
            scene.standIn.clearFaults();
            scene.settlesWith(wanted);
        }
    }

    @Test
    void aSweepIsPausedAndResumedFromTheOtherHubBetweenPages() {
        try (Scene scene = scene(SWEPT)) {
            List<String> wanted = differing(scene);
            slowPages(scene);
            String job = scene.hub.startSync(scene.integration, Map.of("mode", "sweep"));
            HubClient other = work(scene).other().client(scene.user);
            awaitRepaired(scene, 40);
            other.control(job, "pause");
            scene.eventually(
                    () -> assertThat(other.job(job).path("status").asText()).isEqualTo("paused"));
            long repaired = repaired(scene);
            assertThat(repaired).isLessThan(SWEPT - 1);
            assertThat(other.job(job).path("counts").path("repaired").asLong())
                    .as("the row, too")
                    .isEqualTo(repaired + 1);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(repaired(scene)).isEqualTo(repaired));

            other.control(job, "resume");
            assertSwept(scene, other.awaitJob(job, Scene.PATIENCE));
            scene.standIn.clearFaults();
            scene.settlesWith(wanted);
        }
    }

    /** Every event but the first becomes another on the service, and that one in DayFlow; nobody tells. What is wanted then. */
    private static List<String> differing(Scene scene) {
        scene.hub.syncCompletely(scene.integration);
        List<String> wanted = new ArrayList<>();
        for (int i = 1; i < SWEPT; i++) {
            String name = "e" + i + ".ics";
            wanted.add("Event " + i + " since");
            scene.work.corrupt(
                    name, scene.work.text(name).replace("SUMMARY:Event " + i, "SUMMARY:Event " + i + " since"));
        }
        UUID row = scene.row("Event 0");
        scene.dayflow.execute("set session_replication_role = replica");
        scene.dayflow.update("calendar_events", row, Map.of("title", "Row since"));
        scene.dayflow.execute("set session_replication_role = default");
        wanted.add("Row since");
        scene.standIn.forgetRequests();
        return wanted;
    }

    private static long repaired(Scene scene) {
        return scene.titlesInDayflow().stream()
                .filter(title -> title.startsWith("Event ") && title.endsWith(" since"))
                .count();
    }

    private static void awaitRepaired(Scene scene, int atLeast) {
        scene.eventually(() -> assertThat(repaired(scene)).isGreaterThanOrEqualTo(atLeast));
    }

    /** The sweep is through, and has repaired everything once, whoever worked on it. */
    private static void assertSwept(Scene scene, JsonNode ended) {
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
        assertThat(ended.path("counts").path("repaired").asInt()).isEqualTo(SWEPT);
        assertThat(repaired(scene)).isEqualTo(SWEPT - 1);
        scene.eventually(() -> assertThat(scene.pending()).isZero());
        assertThat(scene.standIn.writes()).as("the row that changed").hasSize(1);
        assertThat(dayflow.query(
                        "select item_id from hub.journal where user_id = ? and cause = 'sweep'"
                                + " group by item_id having count(*) > 1",
                        scene.user))
                .as("items that were repaired twice")
                .isEmpty();
        assertThat(dayflow.query(
                        "select distinct item_id from hub.journal where user_id = ? and cause = 'sweep'", scene.user))
                .hasSize(SWEPT - 1);
        assertThat(scene.links()).isEqualTo(SWEPT);
    }
}
