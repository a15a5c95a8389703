package io.dayflow.hub.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.server.CalendarCorpus;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.Radicale;
import io.dayflow.hub.server.ServerLogs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub, or its database, is killed with SIGKILL while it works. Whatever the moment, the work goes on after the next
 * start, and ends where it would have ended without.
 */
@ExtendWith(ServerLogs.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledHubIT {

    private static final int EVENTS = 1_000;
    private static final int FEWER_EVENTS = 500;
    private static final int EDITED_EVENTS = 200;
    private static final int PUSH_KILLS = 10;
    private static final int HUB_KILLS = 20;
    private static final int DATABASE_KILLS = 5;
    private static final int SLOW = Integer.getInteger("crash.slow", 120);
    private static final int FAST = 6_000;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private Radicale radicale;
    private HubProcess hub;
    private DayflowDatabase database;
    private Path hubFolder;

    @BeforeAll
    void start() throws Exception {
        radicale = Radicale.prepare(Files.createDirectories(folder.resolve("radicale")));
        new CalendarCorpus(7).write(radicale, "many", "Many", EVENTS);
        new CalendarCorpus(8).write(radicale, "fewer", "Fewer", FEWER_EVENTS);
        new CalendarCorpus(9).write(radicale, "edited", "Edited", EDITED_EVENTS);
        radicale.start();
        radicale.client().bodies(radicale.home().resolve("many/"));
        radicale.client().bodies(radicale.home().resolve("fewer/"));
        hubFolder = Files.createDirectories(folder.resolve("hub"));
        hub = Hubs.start(hubFolder, SLOW);
        database = hub.database();
    }

    @AfterAll
    void stop() {
        if (database != null) {
            database.close();
        }
        if (hub != null) {
            hub.close();
        }
        if (radicale != null) {
            radicale.close();
        }
    }

    @Test
    void aFirstSyncEndsAsIfTheHubHadNotBeenKilledTwentyTimes() {
        Chance chance = new Chance();
        Map<URI, DavClient.Stored> before =
                radicale.client().bodies(radicale.home().resolve("many/"));
        restartAt(SLOW);
        Hubs.Account disturbed = Hubs.connect(hub, database, radicale.baseUrl(), "Many");
        String job = disturbed.client().startSync(disturbed.integrationId(), Map.of());
        StringBuilder progress = new StringBuilder();
        for (int kill = 1; kill <= HUB_KILLS; kill++) {
            if (kill % 2 == 0) {
                disturbed.awaitProgress(database);
                chance.pause(0, 600);
            } else {
                chance.pause(100, 3_000);
            }
            assertThat(disturbed.working(database))
                    .as("the run still goes on before kill %s (%s); copies %s", kill, chance, progress)
                    .isTrue();
            hub.killHard();
            progress.append(' ').append(disturbed.copies(database));
            if (kill == HUB_KILLS) {
                Hubs.speed(hubFolder, FAST);
            }
            hub.startWithoutWaiting();
            if (kill % 5 == 0) {
                chance.pause(500, 6_000);
                hub.killHard();
                hub.startWithoutWaiting();
            }
            hub.awaitReady();
        }
        System.out.println("killed hub: " + chance + "; copies at each kill" + progress);
        assertThat(disturbed.client().awaitJob(job, LIMIT).path("status").asText())
                .as(chance.toString())
                .isEqualTo("completed");

        assertSameAsUndisturbed(disturbed, "Many", EVENTS, chance);
        assertThat(radicale.client().bodies(radicale.home().resolve("many/")))
                .as(chance.toString())
                .isEqualTo(before);
    }

    @Test
    void aFirstSyncEndsAsIfTheDatabaseHadNotBeenKilledFiveTimes() {
        Chance chance = new Chance();
        Map<URI, DavClient.Stored> before =
                radicale.client().bodies(radicale.home().resolve("fewer/"));
        restartAt(SLOW);
        Hubs.Account disturbed = Hubs.connect(hub, database, radicale.baseUrl(), "Fewer");
        String job = disturbed.client().startSync(disturbed.integrationId(), Map.of());
        StringBuilder progress = new StringBuilder();
        for (int kill = 1; kill <= DATABASE_KILLS; kill++) {
            disturbed.awaitProgress(database);
            chance.pause(0, 300);
            assertThat(disturbed.working(database))
                    .as("the run still goes on before kill %s (%s); copies %s", kill, chance, progress)
                    .isTrue();
            hub.killDatabase();
            hub.awaitReady();
            database = reconnected();
            progress.append(' ').append(disturbed.copies(database));
        }
        System.out.println("killed database: " + chance + "; copies after each kill" + progress);
        assertThat(disturbed.client().awaitJob(job, LIMIT).path("status").asText())
                .as(chance.toString())
                .isEqualTo("completed");
        assertThat(hub.alive()).isTrue();
        assertSameAsUndisturbed(disturbed, "Fewer", FEWER_EVENTS, chance);
        assertThat(radicale.client().bodies(radicale.home().resolve("fewer/")))
                .as(chance.toString())
                .isEqualTo(before);
    }

    @Test
    void editsMadeInDayflowArriveOnceAndInTheirLastFormThoughTheHubIsKilledTenTimes() {
        Chance chance = new Chance();
        restartAt(FAST);
        Hubs.Account account = Hubs.connect(hub, database, radicale.baseUrl(), "Edited");
        account.client().awaitJob(account.client().startSync(account.integrationId(), Map.of()), LIMIT);
        Edits edits = new Edits(database, account.user(), chance);
        Hubs.speed(hubFolder, 600);
        StringBuilder progress = new StringBuilder();
        for (int kill = 1; kill <= PUSH_KILLS; kill++) {
            edits.round(kill - 1, EDITED_EVENTS / PUSH_KILLS);
            chance.pause(20, 1_500);
            hub.killHard();
            progress.append(' ').append(account.pending(database));
            edits.giveUpLast();
            if (kill == PUSH_KILLS) {
                Hubs.speed(hubFolder, FAST);
            }
            hub.restart();
            if (kill % 2 == 0) {
                account.client()
                        .send("POST", "api/integrations/sync", Map.of("integrationId", account.integrationId()));
            }
        }
        System.out.println("killed while pushing: " + chance + "; pending at each kill" + progress);
        account.awaitAgreement(database, LIMIT);

        assertThat(rowTitles(account)).as(chance.toString()).isEqualTo(edits.titles());
        assertThat(serverTitles("edited/")).as(chance.toString()).isEqualTo(edits.titles());
        Map<URI, DavClient.Stored> after =
                radicale.client().bodies(radicale.home().resolve("edited/"));
        account.client().awaitJob(account.client().startSync(account.integrationId(), Map.of()), LIMIT);
        account.awaitAgreement(database, LIMIT);
        assertThat(radicale.client().bodies(radicale.home().resolve("edited/")))
                .as(chance.toString())
                .isEqualTo(after);
        assertThat(rowTitles(account)).as(chance.toString()).isEqualTo(edits.titles());
        assertThat(EndState.of(database, account.user(), account.integrationId())
                        .totals())
                .as(chance.toString())
                .containsEntry("rows", (long) edits.titles().size())
                .containsEntry("conflicts", 0L)
                .containsEntry("dead_letters", 0L);
        assertThat(database.query("""
                        select item_id from hub.journal where user_id = ? and operation = 'create'
                        group by item_id, connection_id having count(*) > 1""", account.user())).as(chance.toString()).isEmpty();
    }

    private List<String> rowTitles(Hubs.Account account) {
        return database.rows("calendar_events", account.user()).stream()
                .map(row -> (String) row.get("title"))
                .sorted()
                .toList();
    }

    /** What the events on the server are called, without the moved occurrences of series. */
    private List<String> serverTitles(String calendar) {
        return radicale.client().bodies(radicale.home().resolve(calendar)).values().stream()
                .flatMap(stored -> stored.body().replaceAll("\r?\n[ \t]", "").lines())
                .filter(line -> line.startsWith("SUMMARY:") && !line.endsWith("(moved)"))
                .map(line -> line.substring("SUMMARY:".length()))
                .sorted()
                .toList();
    }

    private void assertSameAsUndisturbed(Hubs.Account disturbed, String calendar, int events, Chance chance) {
        Hubs.Account undisturbed = Hubs.connect(hub, database, radicale.baseUrl(), calendar);
        undisturbed.client().awaitJob(undisturbed.client().startSync(undisturbed.integrationId(), Map.of()), LIMIT);
        EndState expected = EndState.of(database, undisturbed.user(), undisturbed.integrationId());
        EndState found = EndState.of(database, disturbed.user(), disturbed.integrationId());
        assertThat(expected.totals())
                .containsEntry("rows", (long) events)
                .containsEntry("journal", "{\"create\": " + events + "}");
        assertThat(found.totals()).as(chance.toString()).isEqualTo(expected.totals());
        assertThat(found.copies()).as(chance.toString()).isEqualTo(expected.copies());
    }

    private void restartAt(int requestsPerMinute) {
        hub.killHard();
        Hubs.speed(hubFolder, requestsPerMinute);
        hub.restart();
        database = reconnected();
    }

    /** The database may answer on another port after it was killed. */
    private DayflowDatabase reconnected() {
        database.close();
        return hub.database();
    }
}
