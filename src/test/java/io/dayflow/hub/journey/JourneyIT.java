package io.dayflow.hub.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.Radicale;
import io.dayflow.hub.server.ServerLogs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connect, preview, confirm, edit on both sides, resolve, undo: both sides are as expected at every step. */
@ExtendWith(ServerLogs.class)
class JourneyIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<String> WRITES = Set.of("create", "update", "delete");

    @TempDir
    Path folder;

    @Test
    void bothSidesAreAsExpectedFromTheFirstPreviewToTheLastUndo() throws Exception {
        try (Radicale radicale = Radicale.start(Files.createDirectories(folder.resolve("radicale")));
                HubProcess hub = HubProcess.in(Files.createDirectories(folder.resolve("hub")))
                        .start();
                DayflowDatabase database = hub.database()) {
            Both both = Both.connected(radicale, hub, database, "standup", "review", "lunch", "travel");

            // a preview reads everything and writes nothing
            JsonNode preview = both.run(Map.of("preview", true));
            assertThat(both.rowTitles()).isEmpty();
            assertThat(changes(both, preview))
                    .containsExactlyInAnyOrder(
                            "dayflow create lunch",
                            "dayflow create review",
                            "dayflow create standup",
                            "dayflow create travel");

            // confirmed, it does what it said
            JsonNode first = both.end(both.client.control(preview.path("jobId").asText(), "confirm"));
            assertThat(both.rowTitles()).containsExactly("lunch", "review", "standup", "travel");
            assertThat(changes(both, first)).isEqualTo(changes(both, preview));
            assertThat(both.serverTitles()).isEqualTo(both.rowTitles());

            // edits of different fields: both survive; of the same field: a person is asked
            // (on the server first: what is edited in DayFlow is there within a blink)
            both.onServer("standup", "DESCRIPTION", "Bring the numbers");
            both.row("standup", Map.of("location", "Room 5"));
            both.onServer("review", "SUMMARY", "review by the server");
            both.row("review", Map.of("title", "review by DayFlow"));
            both.run(Map.of());
            both.agree();
            assertThat(both.rowOf("standup"))
                    .containsEntry("location", "Room 5")
                    .containsEntry("description", "Bring the numbers");
            assertThat(both.body("standup")).contains("LOCATION:Room 5").contains("DESCRIPTION:Bring the numbers");
            assertThat(both.rowOf("review")).containsEntry("title", "review by DayFlow");
            assertThat(both.body("review")).contains("SUMMARY:review by the server");
            List<JsonNode> open = both.client.conflicts("open");
            assertThat(open).hasSize(1);
            assertThat(open.getFirst().path("type").asText()).isEqualTo("title_mismatch");

            // resolved: one title on both sides
            both.client.resolve(
                    open.getFirst().path("conflictId").asText(), "merge", Map.of("title", "review by both"));
            both.agree();
            assertThat(both.client.conflicts("open")).isEmpty();
            assertThat(both.rowOf("review")).containsEntry("title", "review by both");
            assertThat(both.body("review")).contains("SUMMARY:review by both");

            // a run is undone: the server's edits go, on both sides; what came later stays
            both.onServer("lunch", "SUMMARY", "late lunch");
            both.onServer("travel", "SUMMARY", "travel by night");
            JsonNode run = both.run(Map.of());
            both.agree();
            assertThat(both.rowTitles()).contains("late lunch", "travel by night");
            both.row("travel", Map.of("title", "travel by day"));
            both.agree();
            String jobId = run.path("jobId").asText();
            JsonNode said = both.end(
                    both.client.put("api/integrations/sync/" + jobId, Map.of("action", "undo", "preview", true)));
            assertThat(both.rowTitles()).contains("late lunch", "travel by day");
            assertThat(changes(both, said)).anyMatch(change -> change.startsWith("dayflow update"));
            JsonNode undone = both.end(both.client.control(jobId, "undo"));
            assertThat(undone.path("status").asText()).isEqualTo("completed");
            both.agree();
            assertThat(both.rowOf("lunch")).containsEntry("title", "lunch");
            assertThat(both.body("lunch")).contains("SUMMARY:lunch");
            assertThat(both.rowOf("travel")).containsEntry("title", "travel by day");
            assertThat(both.body("travel")).contains("SUMMARY:travel by day");

            // and then there is nothing left to do
            Map<URI, DavClient.Stored> before = both.bodies();
            both.run(Map.of("mode", "full"));
            both.agree();
            assertThat(both.bodies()).isEqualTo(before);
            assertThat(both.client.deadLetters()).isEmpty();
        }
    }

    /** The writes among the changes of a job: a preview tells of conflicts and losses, too. */
    private static List<String> changes(Both both, JsonNode job) {
        JsonNode changes =
                both.client.job(job.path("jobId").asText()).path("changes").path("items");
        return StreamSupport.stream(changes.spliterator(), false)
                .filter(change -> WRITES.contains(change.path("operation").asText()))
                .map(change -> change.path("side").asText() + " "
                        + change.path("operation").asText() + " "
                        + change.path("title").asText())
                .sorted()
                .toList();
    }

    /** One user's calendar on the server and in DayFlow, by the first name of each event, which is also its UID. */
    private record Both(
            Radicale radicale,
            DayflowDatabase database,
            HubClient client,
            UUID user,
            String integrationId,
            URI calendar) {

        static Both connected(Radicale radicale, HubProcess hub, DayflowDatabase database, String... events) {
            URI calendar = radicale.client().makeCalendar(radicale.home(), "work", "Work", "VEVENT");
            int hour = 8;
            for (String event : events) {
                radicale.client().create(calendar.resolve(event + ".ics"), """
                        BEGIN:VCALENDAR
                        VERSION:2.0
                        PRODID:-//a person//EN
                        BEGIN:VEVENT
                        UID:%1$s
                        DTSTAMP:20261101T120000Z
                        DTSTART:20261201T%2$02d0000Z
                        DTEND:20261201T%2$02d3000Z
                        SUMMARY:%1$s
                        DESCRIPTION:none yet
                        END:VEVENT
                        END:VCALENDAR
                        """.formatted(event, hour++)
                        .replace("\n", "\r\n"));
            }
            UUID user = database.createUser("Europe/Berlin");
            HubClient client = hub.client(user);
            String integration = client.connectCalDav(radicale.baseUrl(), Radicale.USER, Radicale.PASSWORD)
                    .path("integrationId")
                    .asText();
            client.selectCollections(integration, "Work");
            return new Both(radicale, database, client, user, integration, calendar);
        }

        JsonNode run(Map<String, ?> how) {
            JsonNode job = client.awaitJob(client.startSync(integrationId, how), LIMIT);
            assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
            return job;
        }

        JsonNode end(JsonNode job) {
            return client.awaitJob(job.path("jobId").asText(), LIMIT);
        }

        /** Waits until no change is waiting to be taken in and no copy to be pushed. */
        void agree() {
            await("agreement")
                    .atMost(LIMIT)
                    .until(() -> database.query("""
                            select 1 from hub.dayflow_change where user_id = ?
                            union all select 1 from hub.link where connection_id = ? and pending
                            """, user, UUID.fromString(integrationId))
                            .isEmpty());
        }

        Map<String, Object> rowOf(String event) {
            return database.query("""
                            select e.* from public.calendar_events e
                            join hub.link d on d.external_id = e.id::text and d.connection_id is null
                            join hub.item i on i.id = d.item_id
                            where i.user_id = ? and i.uid = ?
                            """, user, event).getFirst();
        }

        void row(String event, Map<String, ?> columns) {
            database.update("calendar_events", (UUID) rowOf(event).get("id"), columns);
        }

        List<String> rowTitles() {
            return database.rows("calendar_events", user).stream()
                    .map(row -> (String) row.get("title"))
                    .sorted()
                    .toList();
        }

        String body(String event) {
            return radicale.client().get(calendar.resolve(event + ".ics")).body();
        }

        void onServer(String event, String property, String value) {
            DavClient.Stored stored = radicale.client().get(calendar.resolve(event + ".ics"));
            String changed = stored.body().replaceAll("(?m)^" + property + ":.*$", property + ":" + value);
            radicale.client().update(calendar.resolve(event + ".ics"), changed, stored.etag());
        }

        Map<URI, DavClient.Stored> bodies() {
            return radicale.client().bodies(calendar);
        }

        List<String> serverTitles() {
            return bodies().values().stream()
                    .flatMap(stored -> stored.body().lines())
                    .filter(line -> line.startsWith("SUMMARY:"))
                    .map(line -> line.substring("SUMMARY:".length()))
                    .sorted()
                    .toList();
        }
    }
}
