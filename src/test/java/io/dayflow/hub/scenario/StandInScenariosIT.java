package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.sandbox.caldav.StandInRequest;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.HubClient;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the requests look like: with which conditions writes are sent, and that none are sent for nothing. */
class StandInScenariosIT extends Scenario {

    private static final Instant NINE = Instant.parse("2026-06-01T09:00:00Z");

    private CalDavStandIn standIn;

    @BeforeEach
    void start() {
        standIn = CalDavStandIn.start();
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Override
    CalendarServer server() {
        return CalendarServer.of(standIn);
    }

    @Test
    void anEditIsPutWithinTwoSecondsWithTheVersionItWasMadeForAndAllOtherBytesAsTheyWere() {
        Account ann = account();
        ann.put("a", Texts.rich("a"));
        ann.put("warm", Texts.event("warm", "Warm"));
        ann.connected(TWO_WAY);
        ann.update(ann.id(ann.event("Warm")), Map.of("title", "Warmer"));
        standIn.awaitRequest(
                Duration.ofSeconds(30),
                request -> request.method().equals("PUT") && request.path().endsWith("warm.ics"));
        ann.settled();
        standIn.forgetRequests();
        String etag = ann.dav.get(ann.uri("a")).etag();

        long committed =
                ann.dayflow.updateMeasured("calendar_events", ann.id(ann.event("Planung")), "location", "Saal");
        StandInRequest put = standIn.awaitRequest(
                Duration.ofSeconds(30), request -> request.method().equals("PUT"));

        assertThat(put.header("if-match")).isEqualTo(etag);
        assertThat(put.path()).isEqualTo(ann.uri("a").getRawPath());
        assertThat(Duration.ofNanos(put.nanos() - committed)).isLessThan(Duration.ofSeconds(2));
        // the folding too is as it was
        assertThat(put.body()
                        .lines()
                        .filter(line -> !line.matches("(DTSTAMP|LAST-MODIFIED|SEQUENCE|LOCATION):.*"))
                        .toList())
                .isEqualTo(Texts.rich("a")
                        .lines()
                        .filter(line -> !line.matches("(DTSTAMP|LAST-MODIFIED|SEQUENCE|LOCATION):.*"))
                        .toList());
        ann.silent();
        assertThat(standIn.writes()).hasSize(1);
    }

    @Test
    void aNewRowIsPutWhereNothingIsAndADeletedOneDeletedInTheVersionThatWasSeen() {
        Account ann = account().connected(TWO_WAY);
        standIn.forgetRequests();

        UUID row = ann.dayflow.createEvent(ann.user, "New", NINE, NINE.plusSeconds(3600));

        StandInRequest put = standIn.awaitRequest(
                Duration.ofSeconds(30), request -> request.method().equals("PUT"));
        assertThat(put.header("if-none-match")).isEqualTo("*");
        assertThat(put.header("if-match")).isNull();
        ann.settled();
        String etag = ann.dav.list(ann.calendar).values().iterator().next();
        ann.dayflow.delete("calendar_events", row);
        StandInRequest delete = standIn.awaitRequest(
                Duration.ofSeconds(30), request -> request.method().equals("DELETE"));
        assertThat(delete.header("if-match")).isEqualTo(etag);
        assertThat(delete.path()).isEqualTo(put.path());
        ann.silent();
        assertThat(standIn.writes()).hasSize(2);
    }

    @Test
    void theHubsOwnWritesSeenAgainCauseNoWrite() {
        Account ann = account();
        ann.put("a", Texts.rich("a"));
        ann.put("b", Texts.task("b", "Task"));
        ann.connected(TWO_WAY);
        echo(ann);
    }

    @Test
    void theHubsOwnWritesSeenAgainCauseNoWriteWhereTheServerRewritesThem() {
        for (boolean withEtag : new boolean[] {true, false}) {
            standIn.rewriteOnPut(withEtag);
            Account ann = account();
            ann.put("a", Texts.rich("a"));
            ann.put("b", Texts.task("b", "Task"));
            ann.connected(TWO_WAY);
            echo(ann);
        }
    }

    private void echo(Account ann) {
        ann.update(ann.id(ann.event("Planung")), Map.of("title", "Edited", "description", "New text"));
        ann.dayflow.update(
                "tasks",
                ann.id(ann.task("Task")),
                Map.of("status", "in_progress", "priority", "urgent", "progress", 40));
        ann.dayflow.createEvent(ann.user, "Made here", NINE, NINE.plusSeconds(3600));
        ann.eventually(() -> assertThat(ann.texts()).hasSize(3));
        ann.settled();
        ann.sync();
        ann.settled();
        standIn.forgetRequests();
        Map<String, Object> before = ann.everything();

        ann.sync();
        ann.silent();

        assertThat(standIn.writes()).isEmpty();
        assertThat(ann.everything()).isEqualTo(before);
    }

    @Test
    void nothingIsWrittenToACalendarThatMayOnlyBeRead() {
        Account ann = account();
        ann.put("a", Texts.event("a", "Shared"));
        ann.put("b", Texts.event("b", "Other"));
        standIn.calendar(ann.calendar.getPath().replaceAll(".*/(c[^/]+)/$", "$1"))
                .readOnly(true);
        ann.connected(TWO_WAY);
        assertThat(ann.card().path("collections"))
                .anySatisfy(collection ->
                        assertThat(collection.path("readOnly").asBoolean()).isTrue());
        standIn.forgetRequests();

        ann.update(ann.id(ann.event("Shared")), Map.of("title", "Mine"));
        ann.dayflow.delete("calendar_events", ann.id(ann.event("Other")));
        ann.dayflow.createEvent(ann.user, "New", NINE, NINE.plusSeconds(3600));
        ann.sync();
        ann.sync();

        assertThat(standIn.writes()).isEmpty();
        assertThat(ann.hub.deadLetters()).isEmpty();
        assertThat(ann.event("Mine")).isNotNull();
    }

    @Test
    void oneWayTakesFromTheServiceAndGivesNothing() {
        Account ann = account();
        ann.put("a", Texts.event("a", "Theirs"));
        ann.connected(Map.of("exportNew", "all", "syncDirection", "one_way"));
        standIn.forgetRequests();

        ann.update(ann.id(ann.event("Theirs")), Map.of("title", "Mine"));
        ann.dayflow.createEvent(ann.user, "New", NINE, NINE.plusSeconds(3600));
        ann.sync();
        assertThat(standIn.writes()).isEmpty();
        ann.edit("a", "LOCATION:There");
        ann.put("b", Texts.event("b", "Another"));
        standIn.forgetRequests();
        ann.sync();

        assertThat(standIn.writes()).isEmpty();
        assertThat(ann.event("Mine").get("location")).isEqualTo("There");
        assertThat(ann.events()).hasSize(3);
    }

    @Test
    void theManualDirectionDoesNothingUntilItIsAsked() {
        Account ann = account();
        ann.put("a", Texts.event("a", "Before"));
        ann.connected(Map.of("exportNew", "all", "syncDirection", "manual"));
        Account other = account();
        other.put("o", Texts.event("o", "Other"));
        other.connected(TWO_WAY);
        standIn.forgetRequests();

        ann.update(ann.id(ann.event("Before")), Map.of("title", "After"));
        other.update(other.id(other.event("Other")), Map.of("title", "Later"));
        other.eventually("o", text -> assertThat(text).contains("SUMMARY:Later"));
        assertThat(standIn.writes())
                .extracting(StandInRequest::path)
                .isEqualTo(List.of(other.uri("o").getRawPath()));
        ann.sync();

        assertThat(Texts.value(ann.text("a"), "SUMMARY")).isEqualTo("After");
        assertThat(standIn.writes()).extracting(StandInRequest::method).containsOnly("PUT");
        assertThat(Set.copyOf(
                        standIn.writes().stream().map(StandInRequest::path).toList()))
                .hasSize(2);
    }

    @Test
    void aConflictIsDecidedByATitleHoweverLongAndByNoTimeThatNobodyHolds() {
        Account ann = account();
        ann.put("a", Texts.event("a", "Before"));
        ann.put("b", Texts.task("b", "Task", "DUE:20260301T090000Z"));
        ann.connected(Map.of("conflictResolution", "manual", "syncDirection", "manual"));
        ann.update(ann.id(ann.event("Before")), Map.of("title", "Ours"));
        ann.dayflow.update("tasks", ann.id(ann.task("Task")), Map.of("due_date", Timestamp.from(NINE)));
        ann.edit("a", "SUMMARY:Theirs");
        ann.edit("b", "DUE:20260501T090000Z");
        ann.sync();
        ann.settled();
        Map<String, String> open = new HashMap<>();
        ann.hub
                .conflicts("open")
                .forEach(one -> open.put(
                        one.path("kind").asText(),
                        "api/integrations/conflicts/" + one.path("conflictId").asText()));

        for (String due : List.of(
                "+300000-01-01",
                "+999999999-12-31",
                "+10000-01-01",
                "-0001-01-01T00:00:00Z",
                "0000-01-01",
                "-999999999-01-01")) {
            HubClient.Answer refused = ann.hub.send("PUT", open.get("task"), merge("due", due));
            assertThat(refused.status()).as(due).isEqualTo(400);
            assertThat(refused.text()).contains("values.due");
        }
        assertThat(ann.hub
                        .send("PUT", open.get("task"), merge("due", "9999-12-31"))
                        .status())
                .isEqualTo(200);
        String title = random(4000);
        assertThat(ann.hub.send("PUT", open.get("event"), merge("title", title)).status())
                .isEqualTo(200);
        ann.sync();
        ann.settled();
        assertThat(Texts.value(ann.text("a"), "SUMMARY")).isEqualTo(title);
        assertThat(Texts.value(ann.text("b"), "DUE")).startsWith("99991231");
        ann.silent();
    }

    private static Map<String, Object> merge(String field, String value) {
        return Map.of("resolution", "merge", "values", Map.of(field, value));
    }

    /** Text that does not get shorter by being compressed. */
    private static String random(int length) {
        byte[] bytes = new byte[length * 3 / 4];
        new Random(length).nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A calendar of events and tasks is walked twice, and each walk knows one kind only. */
    @Test
    void whatCannotBeReadIsAmongTheDeadLettersWhicheverKindItIs() {
        Account ann = account();
        ann.put("task", Texts.task(random(3000), "Long task"));
        ann.put("event", Texts.event(random(2990) + "-event", "Long event"));
        ann.put("good", Texts.event("good", "Good"));
        ann.connected(TWO_WAY);
        assertThat(ann.hub.deadLetters()).hasSize(2);

        ann.hub.awaitJob(ann.hub.startSync(ann.connection(), Map.of("mode", "full")), Duration.ofSeconds(60));
        assertThat(ann.hub.deadLetters()).hasSize(2);

        ann.dav.delete(ann.uri("task"));
        ann.sync();
        assertThat(ann.hub.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.toString()).contains("event.ics"));
    }

    @Test
    void anObjectWhoseNamesAreTooLongForAnIndexStopsNobody() {
        Account ann = account();
        String title = random(4000);
        ann.put("title", Texts.event("title", title));
        ann.put("uid", Texts.event(random(3000), "Long uid"));
        ann.put(random(3200), Texts.event("id", "Long id"));
        ann.put("good", Texts.event("good", "Good"));
        ann.connected(TWO_WAY);

        assertThat(ann.events()).extracting(row -> row.get("title")).containsExactlyInAnyOrder(title, "Good");
        assertThat(ann.hub.deadLetters()).hasSize(2);
        // the letters are the same ones in the next run
        ann.sync();
        assertThat(ann.hub.deadLetters()).hasSize(2);
        ann.edit("title", "LOCATION:There");
        ann.sync();
        assertThat(ann.event(title).get("location")).isEqualTo("There");

        // known again where it comes a second time
        Account again = account();
        again.dayflow.createEvent(
                again.user, title, Instant.parse("2026-03-01T09:00:00Z"), Instant.parse("2026-03-01T10:00:00Z"));
        again.put("title", Texts.event("title", title));
        again.connected(TWO_WAY);
        assertThat(again.events()).hasSize(1);
    }
}
