package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.sandbox.caldav.StandInRequest;
import io.dayflow.hub.server.CalDavStandIn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
}
