package io.dayflow.hub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub and its database are killed with SIGKILL while a person previews, confirms, edits on both sides, resolves and takes
 * back, fifty times in one journey. After each step both sides hold what they would hold without.
 */
@ExtendWith(ServerLogs.class)
class KilledJourneyIT {

    private static final int EVENTS = 40;
    private static final int EDITED = 8;
    private static final int ROUNDS = 2;
    private static final int REQUESTS_PER_MINUTE = 240;
    private static final int DATABASE_KILLS = 4;
    private static final int LEAST_KILLS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Chance chance = new Chance();
    private final SortedMap<String, Event> expected = new TreeMap<>();

    @TempDir
    Path folder;

    private Radicale radicale;
    private HubProcess hub;
    private DayflowDatabase database;
    private Hubs.Account account;
    private URI calendar;
    private int hubKills;
    private int databaseKills;

    /** What a side holds of an event. */
    private record Event(String title, String location, String description) {}

    @Test
    void aJourneyEndsAtEachStepAsIfNothingHadBeenKilled() throws Exception {
        try (Radicale server = Radicale.start(Files.createDirectories(folder.resolve("radicale")));
                HubProcess process = Hubs.start(Files.createDirectories(folder.resolve("hub")), REQUESTS_PER_MINUTE)) {
            radicale = server;
            hub = process;
            database = hub.database();
            fillCalendar();
            account = Hubs.connect(hub, database, radicale.baseUrl(), "Work");

            JsonNode preview = previewed();
            confirmed(preview);
            for (int round = 0; round < ROUNDS; round++) {
                editedOnBothSides(round);
                resolved(round);
            }
            undone();
            silent();

            assertThat(hubKills + databaseKills).as("kills during one journey").isGreaterThanOrEqualTo(LEAST_KILLS);
            System.out.println("killed during a journey: hub " + hubKills + " times, database " + databaseKills
                    + " times; " + chance);
        } finally {
            if (database != null) {
                database.close();
            }
        }
    }

    private JsonNode previewed() {
        String job = account.client().startSync(account.integrationId(), Map.of("preview", true));
        strike(1_500);
        JsonNode preview = ended(job);
        assertThat(database.count("calendar_events", account.user())).isZero();
        assertThat(changes(preview)).hasSize(EVENTS).allMatch(change -> change.startsWith("create "));
        return preview;
    }

    private void confirmed(JsonNode preview) {
        String job = account.client()
                .control(preview.path("jobId").asText(), "confirm")
                .path("jobId")
                .asText();
        strike(1_500);
        assertThat(changes(ended(job))).isEqualTo(changes(preview));
        assertBothSidesAsExpected();
    }

    /** The edits are made while the hub lies dead, so that it meets those of both sides at once. */
    private void editedOnBothSides(int round) {
        killHub(0, 100);
        for (int i = 0; i < EDITED; i++) {
            String name = name(round * EDITED + i);
            Event event = event(name);
            onServer(name, "DESCRIPTION", "described in " + round);
            database.update("calendar_events", row(name), Map.of("location", "room " + round));
            expected.put(name, new Event(event.title(), "room " + round, "described in " + round));
        }
        String disputed = disputed(round);
        onServer(disputed, "SUMMARY", disputed + " by the server");
        database.update("calendar_events", row(disputed), Map.of("title", disputed + " by DayFlow"));
        hub.restart();
        strike(2_000);

        runToItsEnd(Map.of());
        assertThat(account.client().conflicts("open")).as(chance.toString()).hasSize(1);
        assertThat(rows().get(disputed).title()).isEqualTo(disputed + " by DayFlow");
        assertThat(stored().get(disputed).title()).isEqualTo(disputed + " by the server");
    }

    private void resolved(int round) {
        String disputed = disputed(round);
        String conflict =
                account.client().conflicts("open").getFirst().path("conflictId").asText();
        CompletableFuture<Void> asked = CompletableFuture.runAsync(
                () -> account.client().resolve(conflict, "merge", Map.of("title", disputed + " by both")));
        strike(300);
        if (failed(asked) && !account.client().conflicts("open").isEmpty()) {
            account.client().resolve(conflict, "merge", Map.of("title", disputed + " by both"));
        }
        expected.put(disputed, new Event(disputed + " by both", "", "none yet"));
        account.awaitAgreement(database, LIMIT);
        assertThat(account.client().conflicts("open")).as(chance.toString()).isEmpty();
        assertBothSidesAsExpected();
    }

    /** What the server's edits brought is taken back; what was edited after them stays. */
    private void undone() {
        // a scheduled run between the edits and the one that is undone would have them
        account.client().settings(account.integrationId(), Map.of("autoSync", false));
        await("an idle connection").atMost(LIMIT).until(() -> !account.working(database));
        int first = ROUNDS * EDITED;
        for (int i = first; i < first + EDITED; i++) {
            onServer(name(i), "SUMMARY", name(i) + " on the server");
        }
        String run = runToItsEnd(Map.of()).path("jobId").asText();
        assertThat(rows().get(name(first + 1)).title()).isEqualTo(name(first + 1) + " on the server");
        database.update("calendar_events", row(name(first)), Map.of("title", "later"));
        expected.put(name(first), new Event("later", "", "none yet"));
        account.awaitAgreement(database, LIMIT);

        CompletableFuture<Void> asked =
                CompletableFuture.runAsync(() -> account.client().control(run, "undo"));
        killDatabase(0, 100);
        if (failed(asked)) {
            await("undo").atMost(LIMIT).ignoreExceptions().until(() -> {
                account.client().control(run, "undo");
                return true;
            });
        }
        strike(500);
        account.awaitAgreement(database, LIMIT);
        assertBothSidesAsExpected();
    }

    private void silent() {
        Map<URI, DavClient.Stored> before = radicale.client().bodies(calendar);
        CompletableFuture<Void> asked = CompletableFuture.runAsync(
                () -> account.client().startSync(account.integrationId(), Map.of("mode", "full")));
        strike(1_500);
        failed(asked);
        runToItsEnd(Map.of("mode", "full"));
        assertThat(radicale.client().bodies(calendar)).as(chance.toString()).isEqualTo(before);
        assertBothSidesAsExpected();
        assertThat(EndState.of(database, account.user(), account.integrationId())
                        .totals())
                .as(chance.toString())
                .containsEntry("rows", (long) EVENTS)
                .containsEntry("items", (long) EVENTS)
                .containsEntry("links", 2L * EVENTS)
                .containsEntry("dead_letters", 0L);
        assertThat(database.query("""
                        select item_id from hub.journal where user_id = ? and operation = 'create'
                        group by item_id, connection_id having count(*) > 1""", account.user())).as(chance.toString()).isEmpty();
    }

    /** Kills at moments of chance, while what is under way goes on: the hub, the hub that comes back, and its database. */
    private void strike(int longest) {
        killHub(0, longest);
        hub.startWithoutWaiting();
        killHub(0, 4_000);
        hub.restart();
        for (int i = 0; i < DATABASE_KILLS; i++) {
            killDatabase(0, 800);
        }
    }

    private void killHub(int shortest, int longest) {
        chance.pause(shortest, longest);
        hub.killHard();
        hubKills++;
    }

    /** The hub lives on, and starts its database again; which may answer on another port then. */
    private void killDatabase(int shortest, int longest) {
        chance.pause(shortest, longest);
        hub.killDatabase();
        databaseKills++;
        hub.awaitReady();
        database.close();
        database = hub.database();
    }

    /** A run after all that are under way, and what it leaves to be pushed. */
    private JsonNode runToItsEnd(Map<String, ?> how) {
        await("an idle connection").atMost(LIMIT).until(() -> !account.working(database));
        JsonNode job = ended(account.client().startSync(account.integrationId(), how));
        account.awaitAgreement(database, LIMIT);
        return job;
    }

    private JsonNode ended(String jobId) {
        await("the hub answers")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> !account.client().job(jobId).isMissingNode());
        JsonNode job = account.client().awaitJob(jobId, LIMIT);
        assertThat(job.path("status").asText()).as(job + "; " + chance).isEqualTo("completed");
        return job;
    }

    /** Whether a request was cut off or refused, by a hub without its database or by none at all. */
    private static boolean failed(CompletableFuture<Void> request) {
        return request.handle((answer, failure) -> failure != null).join();
    }

    private List<String> changes(JsonNode job) {
        JsonNode changes = account.client()
                .get("api/integrations/jobs/" + job.path("jobId").asText() + "?limit=200")
                .path("changes")
                .path("items");
        return StreamSupport.stream(changes.spliterator(), false)
                .map(change -> change.path("operation").asText() + " "
                        + change.path("title").asText())
                .filter(change -> !change.startsWith("loss "))
                .sorted()
                .toList();
    }

    private void assertBothSidesAsExpected() {
        assertThat(rows()).as(chance.toString()).isEqualTo(expected);
        assertThat(stored()).as(chance.toString()).isEqualTo(expected);
    }

    private SortedMap<String, Event> rows() {
        SortedMap<String, Event> rows = new TreeMap<>();
        for (Map<String, Object> row : database.query("""
                select i.uid, e.title, coalesce(e.location, '') as location, coalesce(e.description, '') as description
                from public.calendar_events e
                left join hub.link d on d.external_id = e.id::text and d.connection_id is null
                left join hub.item i on i.id = d.item_id
                where e.user_id = ?
                """, account.user())) {
            Event twin = rows.put(
                    (String) row.get("uid"), new Event((String) row.get("title"), (String) row.get("location"), (String)
                            row.get("description")));
            assertThat(twin).as("a twin of %s; %s", row, chance).isNull();
        }
        return rows;
    }

    private SortedMap<String, Event> stored() {
        SortedMap<String, Event> stored = new TreeMap<>();
        radicale.client().bodies(calendar).values().forEach(object -> {
            Event twin = stored.put(
                    property(object, "UID"),
                    new Event(
                            property(object, "SUMMARY"),
                            property(object, "LOCATION"),
                            property(object, "DESCRIPTION")));
            assertThat(twin).as("a twin of %s; %s", object, chance).isNull();
        });
        return stored;
    }

    private static String property(DavClient.Stored object, String name) {
        return object.body()
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private UUID row(String name) {
        return (UUID) database.query("""
                        select e.id from public.calendar_events e
                        join hub.link d on d.external_id = e.id::text and d.connection_id is null
                        join hub.item i on i.id = d.item_id
                        where e.user_id = ? and i.uid = ?
                        """, account.user(), name).getFirst().get("id");
    }

    private void onServer(String name, String property, String value) {
        URI object = calendar.resolve(name + ".ics");
        DavClient.Stored stored = radicale.client().get(object);
        String changed = stored.body().replaceAll("(?m)^" + property + ":[^\r\n]*", property + ":" + value);
        radicale.client().update(object, changed, stored.etag());
    }

    private Event event(String name) {
        Event event = expected.get(name);
        assertThat(event).isNotNull();
        return event;
    }

    private static String name(int number) {
        return "event%02d".formatted(number);
    }

    /** Past those that every other step edits. */
    private static String disputed(int round) {
        return name(EVENTS - 1 - round);
    }

    private void fillCalendar() {
        calendar = radicale.client().makeCalendar(radicale.home(), "work", "Work", "VEVENT");
        for (int i = 0; i < EVENTS; i++) {
            radicale.client().create(calendar.resolve(name(i) + ".ics"), """
                    BEGIN:VCALENDAR
                    VERSION:2.0
                    PRODID:-//a person//EN
                    BEGIN:VEVENT
                    UID:%1$s
                    DTSTAMP:20261101T120000Z
                    DTSTART:202612%2$02dT%3$02d0000Z
                    DTEND:202612%2$02dT%3$02d3000Z
                    SUMMARY:%1$s
                    DESCRIPTION:none yet
                    END:VEVENT
                    END:VCALENDAR
                    """.formatted(name(i), 1 + i / 8, 8 + i % 8)
                    .replace("\n", "\r\n"));
            expected.put(name(i), new Event(name(i), "", "none yet"));
        }
    }
}
