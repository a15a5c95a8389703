package io.dayflow.hub.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.icalendar.CalendarObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The export holds all that is held, and no secret. */
@PrivacyTest
class ExportIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @LocalServerPort
    int port;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    private HttpResponse<byte[]> export(UUID user) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            new HubCalls(port)
                                    .to("/api/integrations/export")
                                    .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                                    .header("X-User-Id", user.toString())
                                    .build(),
                            BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> files(UUID user) throws IOException {
        var response = export(user);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(
                        entry.getName(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .decode(ByteBuffer.wrap(zip.readAllBytes()))
                                .toString());
            }
        }
        return files;
    }

    @Test
    void everyTableThatHoldsSomethingIsInItAndNobodyElse() throws IOException {
        var person = people.anybody();
        var other = people.anybody();

        var files = files(person.id());

        assertThat(files.keySet()).startsWith("README.txt").endsWith("calendar.ics");
        for (var table : HeldTables.all()) {
            if (table.file() == null) {
                continue;
            }
            var rows = JSON.readTree(files.get(table.file()));
            assertThat(rows.isArray()).as(table.file()).isTrue();
            // the export itself is a line in the audit trail
            assertThat(rows.size()).as(table.file()).isEqualTo(table.name().equals("hub.audit") ? 2 : 1);
            for (var column : people.schema.columns(table.name())) {
                assertThat(rows.get(0).has(column.name()))
                        .as("%s.%s", table.name(), column.name())
                        .isEqualTo(!table.withheld().contains(column.name()));
            }
            assertThat(files.get("README.txt")).contains(table.file() + ": " + table.holds());
        }
        assertThat(files.toString()).contains(person.marker()).doesNotContain(other.marker());
        for (var secret : List.of("hub.connection.credentials", "hub.oauth_grant.tokens")) {
            assertThat(people.schema.holding(person.marker() + " " + secret))
                    .as("planted")
                    .isNotEmpty();
            assertThat(files.toString()).doesNotContain(person.marker() + " " + secret);
        }
        assertThat(files.get("webhook-events.json"))
                .as("bytes are told as the text that they are")
                .contains("\"body\": \"" + person.marker() + " hub.webhook_event.body\"");
    }

    /** Others' rows tell what the person did, and not whose they are. */
    @Test
    void whatThePersonDidForOthersIsInItAndNotTheOthers() throws IOException {
        var person = people.anybody();
        var other = people.anybody();
        jdbc.sql("update hub.consent set given_by = ?, provider = 'testcal', remote = '192.0.2.34', agent = 'curl/8'"
                        + " where user_id = ?")
                .params(person.id().toString(), other.id())
                .update();
        jdbc.sql("update hub.alert set status = 'acknowledged', acknowledged_by = ?, rule = 'reads' where user_id = ?")
                .params(person.id().toString(), other.id())
                .update();

        var files = files(person.id());

        assertThat(JSON.readTree(files.get("alerts.json"))).hasSize(1);
        assertThat(JSON.readTree(files.get("consents-given.json")).findValuesAsText("remote"))
                .containsExactly("192.0.2.34");
        assertThat(JSON.readTree(files.get("alerts-acknowledged.json")).findValuesAsText("rule"))
                .containsExactly("reads");
        assertThat(files.get("README.txt")).contains("consents-given.json: accesses that you allowed");
        assertThat(files.toString()).doesNotContain(other.marker(), other.id().toString());
    }

    /** Rows of the planner come after items of the hub, and in no order. */
    @Test
    void zonesAreDescribedFromTheEarliestItemOn() throws Exception {
        var user = user();
        event(user, "00000000-0000-4000-8000-", "Later", "2027-01-15T09:00:00Z");
        event(user, "ffffffff-0000-4000-8000-", "Summer", "2025-07-10T09:00:00Z");

        var ics = files(user).get("calendar.ics");
        var read = CalendarObject.parse(ics).read();

        assertThat(read.problems()).isEmpty();
        assertThat(read.parts().stream()
                        .map(part ->
                                part.view().text("title") + " " + part.view().text("start")))
                .satisfiesExactlyInAnyOrder(
                        later -> assertThat(later).startsWith("Later 2027-01-15T10:00:00+01:00"),
                        summer -> assertThat(summer).startsWith("Summer 2025-07-10T11:00:00+02:00"));
        assertThat(Pattern.compile("BEGIN:DAYLIGHT\\R(?:(?!END:).*\\R)*?DTSTART:(\\d{8})")
                        .matcher(ics)
                        .results()
                        .map(since -> since.group(1)))
                .as("since when there is summer time")
                .contains("20250330");
    }

    private void event(UUID user, String id, String title, String start) {
        jdbc.sql("insert into public.calendar_events (id, user_id, title, start_time, end_time)"
                        + " values (?, ?, ?, ?::timestamptz, ?::timestamptz + interval '1 hour')")
                .params(UUID.fromString(id + user.toString().substring(24)), user, title, start, start)
                .update();
    }

    @Test
    void itIsInTheAuditTrail() throws IOException {
        var person = people.anybody();

        files(person.id());

        assertThat(jdbc.sql(
                                "select actor || ' ' || remote from hub.audit where user_id = ? and action = 'data.exported'")
                        .param(person.id())
                        .query(String.class)
                        .single())
                .isEqualTo(person.id() + " 127.0.0.1");
    }

    private UUID user() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, name, timezone) values (?, ?, 'Zoë', 'Europe/Berlin')")
                .params(id, id + "@example.org")
                .update();
        return id;
    }

    private void item(UUID user, String kind, String fields) {
        jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key) values (?, ?, ?, ?::jsonb, 'x')")
                .params(UUID.randomUUID(), user, kind, fields)
                .update();
    }

    @Test
    void theCalendarHoldsEventsAndTasksOfTheHubAndOfThePlanner() throws Exception {
        var user = user();
        item(user, "event", """
                {"title": "Übung — Chor", "start": "2026-03-02T09:00+01:00[Europe/Berlin]",
                 "end": "2026-03-02T10:00+01:00[Europe/Berlin]"}
                """);
        item(user, "event", """
                {"title": "Later", "start": "2027-03-02T09:00+01:00[Europe/Berlin]",
                 "end": "2027-03-02T10:00+01:00[Europe/Berlin]"}
                """);
        item(user, "task", "{\"title\": \"Renew the passport\", \"status\": \"pending\", \"due\": \"2026-05-01\"}");
        jdbc.sql("insert into public.tasks (title, user_id) values ('Only in DayFlow', ?)")
                .param(user)
                .update();

        var ics = files(user).get("calendar.ics");
        var read = CalendarObject.parse(ics).read();

        assertThat(read.problems()).isEmpty();
        assertThat(read.parts().stream().map(part -> part.view().text("title")))
                .containsExactlyInAnyOrder("Übung — Chor", "Later", "Renew the passport", "Only in DayFlow");
        assertThat(ics.lines().filter("BEGIN:VCALENDAR"::equals)).hasSize(1);
        assertThat(ics.lines().filter("TZID:Europe/Berlin"::equals))
                .as("a zone is described once")
                .hasSize(1);
        assertThat(ics.lines().filter("BEGIN:VTODO"::equals)).hasSize(2);
        assertThat(ics.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
    }

    @Test
    void aUserWithoutAnythingGetsAnExportToo() throws IOException {
        var files = files(user());

        assertThat(JSON.readTree(files.get("items.json"))).isEmpty();
        JsonNode profile = JSON.readTree(files.get("profile.json"));
        assertThat(profile.get(0).path("name").asText()).isEqualTo("Zoë");
    }
}
