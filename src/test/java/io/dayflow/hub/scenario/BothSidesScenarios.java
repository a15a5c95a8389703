package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides are edited between two syncs, under each strategy. */
abstract class BothSidesScenarios extends Scenario {

    @ParameterizedTest
    @ValueSource(strings = {"manual", "latest", "source", "merge"})
    void editsOfDifferentFieldsSurviveOnBothSides(String strategy) {
        Account ann = between(strategy, Texts.rich("a"));
        ann.edit("a", "LOCATION:Raum 9");
        ann.edit("a", "X-CUSTOM-FIELD:other");
        row(ann, "Planung", Map.of("title", "Plan", "reminder", "{\"enabled\": true, \"minutesBefore\": 5}"));

        ann.sync();

        assertThat(Texts.lines(ann.text("a")))
                .contains(
                        "SUMMARY;LANGUAGE=de:Plan",
                        "LOCATION:Raum 9",
                        "TRIGGER;RELATED=START:-PT5M",
                        "X-CUSTOM-FIELD:other");
        assertThat(ann.event("Plan").get("location")).isEqualTo("Raum 9");
        assertThat(ann.hub.conflicts("open")).isEmpty();
        ann.silent();
    }

    @Test
    void editsOfDifferentFieldsSurviveWhereThePushMeetsANewerVersion() {
        Account ann = account();
        ann.put("a", Texts.rich("a"));
        ann.connected(Map.of("conflictResolution", "manual"));
        ann.edit("a", "LOCATION:Raum 9");

        row(ann, "Planung", Map.of("title", "Plan"));

        ann.eventually(
                "a", text -> assertThat(Texts.lines(text)).contains("SUMMARY;LANGUAGE=de:Plan", "LOCATION:Raum 9"));
        ann.eventually(() -> assertThat(ann.event("Plan").get("location")).isEqualTo("Raum 9"));
        ann.silent();
    }

    @ParameterizedTest
    @CsvSource({
        "latest, 3600, From DayFlow", "latest, -3600, From the service", "source, 3600, From the service",
        "source, -3600, From the service", "merge, 3600, From DayFlow", "merge, -3600, From the service"
    })
    void theSameTitleEndsAlikeOnBothSides(String strategy, int externalEditedSecondsAgo, String winner) {
        Account ann = between(strategy, Texts.event("a", "Before"));
        ann.dayflow.together(() -> {
            row(ann, "Before", Map.of("title", "From DayFlow"));
            if (externalEditedSecondsAgo < 0) {
                // the later edit cannot lie in the future, so the earlier one is made to lie in the past
                ann.dayflow.execute(
                        "update hub.dayflow_change set at = at - interval '2 hours' where user_id = ?", ann.user);
            }
        });
        ann.edit(
                "a",
                Instant.now().minusSeconds(Math.max(0, externalEditedSecondsAgo)),
                text -> Texts.with(text, "SUMMARY", "SUMMARY:From the service"));

        ann.sync();

        ann.settled();
        assertThat(Texts.value(ann.text("a"), "SUMMARY")).isEqualTo(winner);
        assertThat(ann.events())
                .singleElement()
                .satisfies(row -> assertThat(row.get("title")).isEqualTo(winner));
        assertThat(ann.hub.conflicts("open")).isEmpty();
        ann.silent();
    }

    @Test
    void mergeJoinsALongTextByLines() {
        Account ann = between("merge", Texts.event("a", "Notes", "DESCRIPTION:one\\ntwo\\nthree\\nfour\\nfive"));
        row(ann, "Notes", Map.of("description", "one here\ntwo\nthree\nfour\nfive"));
        ann.edit("a", "DESCRIPTION:one\\ntwo\\nthree\\nfour\\nfive there\\nsix");

        ann.sync();

        ann.settled();
        assertThat(ann.event("Notes").get("description")).isEqualTo("one here\ntwo\nthree\nfour\nfive there\nsix");
        assertThat(Texts.value(ann.text("a"), "DESCRIPTION"))
                .isEqualTo("one here\\ntwo\\nthree\\nfour\\nfive there\\nsix");
        ann.silent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"manual", "latest", "source", "merge"})
    void tagsAndAttendeesJoinByElement(String strategy) {
        Account ann = between(
                strategy,
                Texts.event(
                        "a",
                        "Meeting",
                        "CATEGORIES:Kept,Gone",
                        "ATTENDEE;CN=Eve;PARTSTAT=NEEDS-ACTION:mailto:eve@example.org"));
        UUID event = ann.id(ann.event("Meeting"));
        UUID tag = ann.dayflow.insert("tags", Map.of("name", "Ours", "user_id", ann.user));
        ann.dayflow.execute("insert into public.event_tags (event_id, tag_id) values (?, ?)", event, tag);
        ann.update(event, Map.of("attendees", """
                [{"email": "eve@example.org", "name": "Eve", "status": "pending"},
                 {"email": "joe@example.org", "name": "Joe", "status": "pending"}]"""));
        ann.edit("a", "CATEGORIES:Kept,Theirs");
        ann.edit(
                "a",
                "ATTENDEE;CN=Eve;PARTSTAT=ACCEPTED:mailto:eve@example.org\r\nATTENDEE;CN=Kim:mailto:kim@example.org");

        ann.sync();

        ann.settled();
        assertThat(Texts.value(ann.text("a"), "CATEGORIES").split(","))
                .containsExactlyInAnyOrder("Kept", "Ours", "Theirs");
        assertThat(ReadingScenarios.tags(ann, "event", ann.event("Meeting"))).containsExactly("Kept", "Ours", "Theirs");
        assertThat(Texts.lines(ann.text("a")))
                .filteredOn(line -> line.startsWith("ATTENDEE"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("eve@", "PARTSTAT=ACCEPTED"))
                .anySatisfy(line -> assertThat(line).contains("joe@"))
                .anySatisfy(line -> assertThat(line).contains("kim@"));
        assertThat((String) ann.event("Meeting").get("attendees"))
                .contains("eve@example.org", "joe@example.org", "kim@example.org", "accepted");
        assertThat(ann.hub.conflicts("open")).isEmpty();
        ann.silent();
    }

    @ParameterizedTest
    @CsvSource({"keep_dayflow, Ours, Ours", "keep_external, Theirs, Theirs", "merge, Both of them, Both of them"})
    void aManualConflictIsHeldOnBothSidesWhileTheRestSyncsUntilItIsResolved(
            String resolution, String here, String there) {
        Account ann = between("manual", Texts.event("a", "Before", "LOCATION:Old"));
        row(ann, "Before", Map.of("title", "Ours", "description", "said here"));
        ann.edit("a", "SUMMARY:Theirs");

        JsonNode job = ann.sync();

        ann.settled();
        assertThat(job.path("counts").path("conflicts").asInt()).isOne();
        JsonNode conflict = ann.conflict();
        assertThat(conflict.path("type").asText()).isEqualTo("title_mismatch");
        assertThat(conflict.path("kind").asText()).isEqualTo("event");
        assertThat(conflict.path("integrationId").asText()).isEqualTo(ann.connection());
        assertThat(conflict.path("fields")).singleElement().satisfies(field -> {
            assertThat(field.path("field").asText()).isEqualTo("title");
            assertThat(field.path("base").asText()).isEqualTo("Before");
            assertThat(field.path("dayflow").asText()).isEqualTo("Ours");
            assertThat(field.path("external").asText()).isEqualTo("Theirs");
        });
        assertThat(Texts.value(ann.text("a"), "SUMMARY")).isEqualTo("Theirs");
        assertThat(Texts.value(ann.text("a"), "DESCRIPTION")).isEqualTo("said here");
        assertThat(ann.event("Ours").get("description")).isEqualTo("said here");
        ann.silent();

        ann.edit("a", "LOCATION:New");
        row(ann, "Ours", Map.of("description", "said again"));
        ann.sync();
        ann.settled();
        assertThat(Texts.lines(ann.text("a"))).contains("SUMMARY:Theirs", "LOCATION:New", "DESCRIPTION:said again");
        assertThat(ann.event("Ours").get("location")).isEqualTo("New");
        ann.silent();

        ann.hub.resolve(
                conflict.path("conflictId").asText(),
                resolution,
                resolution.equals("merge") ? Map.of("title", here) : null);
        ann.sync();
        ann.settled();
        assertThat(Texts.value(ann.text("a"), "SUMMARY")).isEqualTo(there);
        assertThat(ann.event(here).get("location")).isEqualTo("New");
        assertThat(ann.hub.conflicts("open")).isEmpty();
        assertThat(ann.hub.conflicts("resolved")).hasSize(1);
        ann.silent();
    }

    @Test
    void aResolutionGoesOutAtOnceWhereTheConnectionPushesByItself() {
        Account ann = between("manual", Texts.event("a", "Before"));
        row(ann, "Before", Map.of("title", "Ours"));
        ann.edit("a", "SUMMARY:Theirs");
        ann.sync();
        ann.hub.settings(ann.connection(), Map.of("syncDirection", "two_way"));

        ann.hub.resolve(ann.conflict().path("conflictId").asText(), "keep_dayflow", null);

        ann.eventually("a", text -> assertThat(Texts.value(text, "SUMMARY")).isEqualTo("Ours"));
        ann.silent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConflictThatTheSidesSettleThemselvesCloses(boolean inDayflow) {
        Account ann = between("manual", Texts.event("a", "Before"));
        row(ann, "Before", Map.of("title", "Ours"));
        ann.edit("a", "SUMMARY:Theirs");
        ann.sync();
        assertThat(ann.hub.conflicts("open")).hasSize(1);

        if (inDayflow) {
            row(ann, "Ours", Map.of("title", "Theirs"));
        } else {
            ann.edit("a", "SUMMARY:Ours");
        }
        ann.sync();

        ann.eventually(() -> assertThat(ann.hub.conflicts("open")).isEmpty());
        String title = inDayflow ? "Theirs" : "Ours";
        assertThat(Texts.value(ann.text("a"), "SUMMARY")).isEqualTo(title);
        assertThat(ann.event(title)).isNotNull();
        ann.silent();
    }

    @Test
    void movedOnBothSidesIsOneConflictOfStartAndEnd() {
        Account ann = between("manual", Texts.event("a", "Call"));
        Instant ours = Instant.parse("2026-03-02T09:00:00Z");
        row(ann, "Call", Map.of("start_time", ours, "end_time", ours.plus(1, ChronoUnit.HOURS)));
        ann.edit(
                "a",
                text -> text.replace("DTSTART:20260301", "DTSTART:20260303")
                        .replace("DTEND:20260301", "DTEND:20260303"));

        ann.sync();

        JsonNode conflict = ann.conflict();
        assertThat(conflict.path("type").asText()).isEqualTo("date_mismatch");
        assertThat(List.of("start", "end"))
                .containsExactlyInAnyOrderElementsOf(conflict.path("fields").findValuesAsText("field"));
        ann.hub.resolve(conflict.path("conflictId").asText(), "keep_external", null);
        ann.sync();
        assertThat(ann.event("Call").get("start_time")).isEqualTo(Instant.parse("2026-03-03T09:00:00Z"));
        ann.silent();
    }

    @Test
    void aTaskCompletedOnOneSideAndCancelledOnTheOtherIsAStatusConflict() {
        Account ann = between("manual", Texts.task("a", "Paint", "STATUS:NEEDS-ACTION"));
        ann.dayflow.update(
                "tasks",
                ann.id(ann.task("Paint")),
                Map.of("status", "completed", "completed_at", Instant.parse("2026-03-01T08:00:00Z")));
        ann.edit("a", "STATUS:CANCELLED");

        ann.sync();

        JsonNode conflict = ann.conflict();
        assertThat(conflict.path("type").asText()).isEqualTo("status_mismatch");
        assertThat(conflict.path("kind").asText()).isEqualTo("task");
        ann.hub.resolve(conflict.path("conflictId").asText(), "keep_dayflow", null);
        ann.sync();
        assertThat(Texts.lines(ann.text("a"))).contains("STATUS:COMPLETED", "COMPLETED:20260301T080000Z");
        assertThat(ann.task("Paint").get("status")).isEqualTo("completed");
        ann.silent();
    }

    /** A synced object on a connection that does nothing unless asked. */
    private Account between(String strategy, String text) {
        Account ann = account();
        ann.put("a", text);
        return ann.connected(Map.of("conflictResolution", strategy, "syncDirection", "manual"));
    }

    private static void row(Account ann, String title, Map<String, ?> columns) {
        ann.update(ann.id(ann.event(title)), columns);
    }
}
