package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** On the service a completed occurrence makes the next one due; whoever completes it, that happens once. */
@EngineTest
class RecurringTasksIT {

    private static final String TITLE = "Water the plants";
    private static final String FIRST = "2026-12-01";
    private static final String SECOND = "2026-12-02";

    @Autowired
    private ApplicationContext hub;

    private ListAccount ann;

    @BeforeEach
    void connect() {
        ann = new ListAccount(hub, "{}", "home", "work");
        ann.service.add("water", "home", Map.of("title", TITLE, "due", FIRST, "recurrence", "FREQ=DAILY"));
        ann.run();
        assertThat(due(ann, TITLE)).isEqualTo(FIRST);
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void completedInDayflowItIsCompletedOnceAndDayflowShowsTheNextOccurrence() {
        complete(ann, TITLE);

        ann.push();

        assertOpenAt(ann, TITLE, SECOND);
        settles(ann, "complete occurrence");
    }

    @Test
    void everyOccurrenceCanBeCompletedInItsTurn() {
        for (String next : List.of("2026-12-02", "2026-12-03", "2026-12-04")) {
            complete(ann, TITLE);
            ann.push();
            assertOpenAt(ann, TITLE, next);
        }
        settles(ann, "complete occurrence", "complete occurrence", "complete occurrence");
    }

    @Test
    void completedOnTheServiceDayflowShowsTheNextOccurrence() {
        ann.service.complete("water");

        ann.run();

        assertOpenAt(ann, TITLE, SECOND);
        settles(ann);
    }

    @Test
    void completedOnBothSidesAtOnceItIsCompletedOnce() {
        complete(ann, TITLE);
        ann.service.complete("water");
        ann.absorbDayflow();

        ann.run();

        assertOpenAt(ann, TITLE, SECOND);
        settles(ann);
        assertThat(ann.journal().getLast().get("before").toString()).contains("completed", FIRST);
        assertThat(ann.journal().getLast().get("after").toString()).contains("pending", SECOND);
    }

    @Test
    void completedOnBothSidesAndPushedBeforeTheHubHasSeenItItIsCompletedOnce() {
        complete(ann, TITLE);
        ann.service.complete("water");

        ann.push();

        assertOpenAt(ann, TITLE, SECOND);
        settles(ann, "stale");
    }

    @Test
    void whenTheAnswerIsLostTheOccurrenceIsNotCompletedAgainAndTheCompletionIsToldOf() {
        complete(ann, TITLE);
        ann.service.losesAnswer = true;
        ann.push();
        assertThat(ann.row(TITLE)).containsEntry("status", "completed");

        ann.retryNow();
        ann.push();

        assertOpenAt(ann, TITLE, SECOND);
        settles(ann, "complete occurrence");
        assertThat(pushed(ann)).singleElement().satisfies(entry -> {
            assertThat(entry.get("before").toString()).contains(FIRST);
            assertThat(entry.get("after").toString()).contains(SECOND);
        });
    }

    @Test
    void whenTheHubDiesBetweenWriteAndAnswerTheOccurrenceIsNotCompletedAgain() {
        complete(ann, TITLE);
        ann.pushAndDie();

        ann.push();

        assertOpenAt(ann, TITLE, SECOND);
        settles(ann, "complete occurrence");
    }

    @Test
    void whenTheAnswerIsLostAndTheNextRunSeesItFirstNothingIsCompletedAgain() {
        complete(ann, TITLE);
        ann.service.losesAnswer = true;
        ann.push();
        ann.retryNow();

        ann.run();

        assertOpenAt(ann, TITLE, SECOND);
        assertThat(ann.counted("pushed")).isEqualTo(1);
        settles(ann, "complete occurrence");
    }

    @Test
    void whatElseWasEditedSurvivesOnBothSides() {
        complete(ann, TITLE);
        ann.edit(TITLE, Map.of("description", "the fern too"));
        ann.service.complete("water");
        ann.service.set("water", "title", "Water all plants");
        ann.absorbDayflow();

        ann.run();

        assertOpenAt(ann, "Water all plants", SECOND);
        assertThat(ann.row("Water all plants")).containsEntry("description", "the fern too");
        assertThat(ann.service.field("water", "notes")).isEqualTo("the fern too");
        assertThat(ann.service.field("water", "due")).isEqualTo(SECOND);
        settles(ann, "update");
    }

    @Test
    void noStrategyMakesAConflictOfIt() {
        for (String strategy : List.of("manual", "latest", "source", "merge")) {
            ListAccount bob = new ListAccount(hub, "{\"conflictResolution\": \"" + strategy + "\"}", "home");
            bob.service.add(
                    "water", "home", Map.of("title", TITLE, "due", FIRST, "recurrence", "X-TEXT=every so often"));
            bob.run();
            complete(bob, TITLE);
            bob.service.complete("water");
            bob.absorbDayflow();

            bob.run();

            assertThat(bob.conflicts()).as(strategy).isEmpty();
            assertOpenAt(bob, TITLE, SECOND);
            settles(bob);
            bob.close();
        }
    }

    @Test
    void aDateMovedByHandMeetsACompletionAndNothingIsCompletedTwice() {
        complete(ann, TITLE);
        ann.service.set("water", "due", "2026-12-05");
        ann.absorbDayflow();

        ann.run();

        assertOpenAt(ann, TITLE, "2026-12-05");
        settles(ann);
    }

    @Test
    void aTaskOpenedAgainOnTheServiceIsNotCompleteInDayflow() {
        ann.service.add("rent", "home", Map.of("title", "Pay rent", "due", FIRST));
        ann.run();
        complete(ann, "Pay rent");
        ann.push();
        assertThat(ann.service.field("rent", "status")).isEqualTo("completed");

        ann.service.set("rent", "completedAt", null);
        ann.service.set("rent", "status", "pending");
        ann.run();

        assertOpenAt(ann, "Pay rent", FIRST);
    }

    private static void complete(ListAccount account, String title) {
        account.edit(
                title,
                Map.of("status", "completed", "completed_at", Instant.parse("2026-11-25T09:00:00Z"), "progress", 100));
    }

    private static void assertOpenAt(ListAccount account, String title, String due) {
        Map<String, Object> row = new HashMap<>(account.row(title));
        assertThat(row)
                .containsEntry("status", "pending")
                .containsEntry("completed_at", null)
                .containsEntry("progress", 0);
        assertThat(due(account, title)).isEqualTo(due);
    }

    /** The service was asked just so often; now both sides agree, and nothing more is written. */
    private static void settles(ListAccount account, String... writes) {
        account.push();
        account.run();
        account.run("full");
        assertThat(account.service.writes).containsExactly(writes);
    }

    private static List<Map<String, Object>> pushed(ListAccount account) {
        return account.journal().stream()
                .filter(entry -> account.connection.equals(entry.get("connection_id")))
                .toList();
    }

    private static String due(ListAccount account, String title) {
        Object due = account.row(title).get("due_date");
        Instant at = due instanceof Timestamp stamp ? stamp.toInstant() : (Instant) due;
        return at.toString().substring(0, 10);
    }
}
