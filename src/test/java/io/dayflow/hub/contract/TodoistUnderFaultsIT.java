package io.dayflow.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One task at Todoist, edited there and in DayFlow, under everything that can go wrong. */
class TodoistUnderFaultsIT {

    private static final String SERVICE = "todoist";
    private static final Map<String, Object> SETTINGS =
            Map.of("exportNew", "all", "autoSync", false, "conflictResolution", "latest");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static Party synced() {
        Party party = Party.connected(SERVICE, "tasks", 0, SETTINGS).selectsAll();
        party.syncs();
        return party;
    }

    static List<Arguments> faults() {
        return List.of(
                Arguments.of("nothing wrong", Map.of()),
                Arguments.of("errors", Map.of("status", 500, "times", 5)),
                Arguments.of("overload", Map.of("status", 503, "times", 4)),
                Arguments.of("limits", Map.of("status", 429, "retryAfter", 1, "times", 3)),
                Arguments.of("lost answers", Map.of("loseAnswer", true, "times", 5)),
                Arguments.of("slowness", Map.of("delay", "300ms", "times", 6)),
                Arguments.of("webhooks in another order", Map.of("reorderWebhooks", true)),
                Arguments.of("webhooks more than once", Map.of("duplicateWebhooks", 4)),
                Arguments.of("no webhooks", Map.of("dropWebhooks", true)),
                Arguments.of("a forgotten cursor", Map.of("dropWebhooks", true, "expireCursor", true)),
                Arguments.of("an expired token", Map.of("expireToken", true)));
    }

    /** Every edit of a field that only one side edits is on both sides at last; of the title, one of the two is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void everyEditSurvives(String name, Map<String, Object> fault) {
        try (Party party = synced()) {
            party.service.create(Map.of("title", "Task", "due", "2026-12-24", "priority", "high"));
            party.syncs();
            JsonNode before = party.service.titled("Task");
            String id = before.path("id").asText();
            UUID row = party.row("Task");

            party.service.fault(fault);
            party.service.edit(id, Map.of("notes", "from there"));
            party.update(row, Map.of("estimated_duration", 25));
            party.service.edit(id, Map.of("labels", List.of("there")));
            party.update(row, Map.of("priority", "urgent"));
            party.service.edit(id, Map.of("title", "Task, edited there"));
            party.service.edit(id, Map.of("due", "2026-12-31"));
            UUID made = party.insert(Map.of("title", "Made here"));
            String madeThere = party.service.create(Map.of("title", "Made there"));
            party.hub.sync(party.integration);
            party.update(row, Map.of("title", "Task, edited here last"));
            party.service.noFaults();
            // what an expired token held up goes on with a run that its user asks for
            party.syncsAtLast();

            party.agreesOn(List.of("Made here", "Made there", "Task, edited here last"));
            JsonNode there = party.service.item(id);
            assertThat(there.path("notes").asText()).isEqualTo("from there");
            assertThat(there.path("estimate").asInt()).isEqualTo(25);
            assertThat(there.path("labels")).extracting(JsonNode::asText).containsExactly("there");
            assertThat(there.path("native").path("priority").asInt()).isEqualTo(4);
            assertThat(there.path("due").asText()).isEqualTo("2026-12-31");
            Map<String, Object> here = party.dayflow.row("tasks", row);
            assertThat(here)
                    .containsEntry("description", "from there")
                    .containsEntry("estimated_duration", 25)
                    .containsEntry("priority", "urgent");
            assertThat(party.dayflow.row("tasks", made)).isNotNull();
            assertThat(party.service.item(madeThere)).isNotNull();
            assertThat(party.hub.conflicts("open")).isEmpty();
            assertThat(party.hub.deadLetters()).isEmpty();
            party.isQuiet();
        }
    }

    @Test
    void aTaskThatRecursAndIsCompletedInDayFlowMovesOnOnce() {
        try (Party party = synced()) {
            LocalDate today = LocalDate.now(ZONE);
            String id = recurring(party, today);

            party.update(party.row("Daily"), Map.of("status", "completed", "completed_at", Instant.now()));

            movesOnOnce(party, id, today);
        }
    }

    @Test
    void aTaskThatRecursAndIsCompletedInDayFlowWithoutAnAnswerMovesOnOnce() {
        try (Party party = synced()) {
            LocalDate today = LocalDate.now(ZONE);
            String id = recurring(party, today);
            party.service.fault(Map.of("loseAnswer", true, "times", 4, "dropWebhooks", true));

            party.update(party.row("Daily"), Map.of("status", "completed"));

            movesOnOnce(party, id, today);
        }
    }

    @Test
    void aTaskThatRecursAndIsCompletedAtTheServiceMovesOnOnce() {
        try (Party party = synced()) {
            LocalDate today = LocalDate.now(ZONE);
            String id = recurring(party, today);

            party.service.edit(id, Map.of("status", "completed"));

            movesOnOnce(party, id, today);
        }
    }

    @Test
    void aTaskThatRecursAndIsCompletedOnBothSidesAtOnceMovesOnOnce() {
        try (Party party = synced()) {
            LocalDate today = LocalDate.now(ZONE);
            String id = recurring(party, today);
            party.service.fault(Map.of("dropWebhooks", true));

            party.service.edit(id, Map.of("status", "completed"));
            party.update(party.row("Daily"), Map.of("status", "completed"));

            movesOnOnce(party, id, today);
        }
    }

    private static String recurring(Party party, LocalDate today) {
        String id = party.service.create(Map.of("title", "Daily", "due", today.toString(), "recurrence", "FREQ=DAILY"));
        party.syncs();
        return id;
    }

    private static void movesOnOnce(Party party, String id, LocalDate today) {
        String tomorrow = today.plusDays(1).toString();
        party.eventually(() -> {
            assertThat(party.service.item(id).path("due").asText()).isEqualTo(tomorrow);
            assertThat(party.dayflow.rowTitled("tasks", party.user, "Daily"))
                    .containsEntry("status", "pending")
                    .containsEntry(
                            "due_date", today.plusDays(1).atStartOfDay(ZONE).toInstant());
            assertThat(party.pending()).isZero();
        });
        party.syncs();
        party.isQuiet();
        assertThat(party.service.item(id).path("due").asText()).isEqualTo(tomorrow);
        assertThat(party.service.item(id).path("status").asText()).isEqualTo("pending");
        assertThat(party.hub.conflicts("open")).isEmpty();
    }

    @Test
    void aFirstRunOf10000TasksMeetsNoLimit() {
        try (Party party = Party.connected(SERVICE, "tasks", 10_000, SETTINGS).selectsAll()) {
            JsonNode job = party.syncs();

            assertThat(job.path("counts").path("created").asInt()).isEqualTo(10_000);
            assertThat(party.dayflow.count("tasks", party.user)).isEqualTo(10_000);
            assertThat(party.service.requests()).hasSizeLessThan(12);
            assertThat(party.service.requests())
                    .extracting(request -> request.path("status").asInt())
                    .containsOnly(200);
        }
    }

    @Test
    void aSubtaskOutlivesTheTaskAboveItThatDayFlowDeletes() {
        try (Party party = synced()) {
            String above = party.service.create(Map.of("title", "Above"));
            party.service.create(Map.of("title", "Below", "parent", above));
            party.syncs();

            party.delete(party.row("Above"));

            party.agreesOn(List.of("Below"));
            party.isQuiet();
        }
    }

    @Test
    void aTaskThatIsDoneSurvivesAForgottenCursor() {
        try (Party party = synced()) {
            String id = party.service.create(Map.of("title", "Done soon"));
            party.syncs();
            party.update(party.row("Done soon"), Map.of("status", "completed"));
            party.eventually(() ->
                    assertThat(party.service.item(id).path("status").asText()).isEqualTo("completed"));
            party.service.fault(Map.of("expireCursor", true));

            party.syncs();

            party.agreesOn(List.of("Done soon"));
            assertThat(party.dayflow.rowTitled("tasks", party.user, "Done soon"))
                    .containsEntry("status", "completed");
            party.isQuiet();
        }
    }
}
