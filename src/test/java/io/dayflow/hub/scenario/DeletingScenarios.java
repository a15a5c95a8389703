package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on one side, on both, or on one while the other edits; and what is too much to go unasked. */
abstract class DeletingScenarios extends Scenario {

    @Test
    void deletedOnBothSidesIsDeletedAndNothingIsAsked() {
        Account ann = two("manual");
        ann.dayflow.delete("calendar_events", ann.id(ann.event("Going")));
        ann.dav.delete(ann.uri("going"));

        ann.sync();

        assertThat(ann.events()).extracting(row -> row.get("title")).containsExactly("Staying");
        assertThat(ann.hub.conflicts("open")).isEmpty();
        ann.silent();
    }

    @Test
    void whatTheServiceDeletesIsKeptHereIfTheUserWantsThat() {
        Account ann = two("latest");
        ann.hub.settings(ann.connection(), Map.of("deletePolicy", "keep"));
        ann.dav.delete(ann.uri("going"));
        ann.dayflow.delete("calendar_events", ann.id(ann.event("Staying")));

        ann.sync();

        assertThat(ann.events()).extracting(row -> row.get("title")).containsExactly("Going");
        assertThat(ann.texts()).singleElement().asString().contains("Staying");
        ann.silent();
    }

    /** The later of the two wins under latest; the edit is made after or before the delete. */
    @ParameterizedTest
    @CsvSource({
        "latest, true, true",
        "latest, false, false",
        "source, true, false",
        "merge, true, true",
        "merge, false, true"
    })
    void deletedOnTheServerAndEditedHere(String strategy, boolean editIsLater, boolean survives) {
        Account ann = two(strategy);
        // at once, else the hub may have noted the edit before its time is another
        ann.dayflow.together(() -> {
            ann.update(ann.id(ann.event("Going")), Map.of("title", "Edited"));
            ann.dayflow.execute(
                    "update hub.dayflow_change set at = at + cast(? as interval) where user_id = ?",
                    editIsLater ? "1 hour" : "-1 hour",
                    ann.user);
        });
        ann.dav.delete(ann.uri("going"));

        ann.sync();

        ann.settled();
        agree(ann, survives ? List.of("Edited", "Staying") : List.of("Staying"));
    }

    @ParameterizedTest
    @CsvSource({
        "latest, true, true",
        "latest, false, false",
        "source, true, true",
        "source, false, true",
        "merge, true, true",
        "merge, false, true"
    })
    void deletedHereAndEditedOnTheServer(String strategy, boolean editIsLater, boolean survives) {
        Account ann = two(strategy);
        ann.dayflow.delete("calendar_events", ann.id(ann.event("Going")));
        Instant edited =
                editIsLater ? Instant.now().plusSeconds(5) : Instant.now().minusSeconds(3600);
        ann.edit("going", edited, text -> Texts.with(text, "SUMMARY", "SUMMARY:Edited"));

        ann.sync();

        ann.settled();
        agree(ann, survives ? List.of("Edited", "Staying") : List.of("Staying"));
    }

    @ParameterizedTest
    @CsvSource({"keep_dayflow, true", "keep_external, false"})
    void deletedOnTheServerAndEditedHereIsAskedUnderManual(String resolution, boolean survives) {
        Account ann = two("manual");
        ann.update(ann.id(ann.event("Going")), Map.of("title", "Edited"));
        ann.dav.delete(ann.uri("going"));

        ann.sync();

        JsonNode conflict = ann.conflict();
        assertThat(conflict.path("type").asText()).isEqualTo("delete_edit");
        assertThat(ann.events()).hasSize(2);
        assertThat(ann.texts()).hasSize(1);
        ann.silent();
        ann.hub.resolve(conflict.path("conflictId").asText(), resolution, null);
        ann.sync();
        ann.settled();
        agree(ann, survives ? List.of("Edited", "Staying") : List.of("Staying"));
        assertThat(ann.hub.conflicts("open")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"keep_dayflow, false", "keep_external, true"})
    void deletedHereAndEditedOnTheServerIsAskedUnderManual(String resolution, boolean survives) {
        Account ann = two("manual");
        ann.dayflow.delete("calendar_events", ann.id(ann.event("Going")));
        ann.edit("going", "SUMMARY:Edited");

        ann.sync();

        JsonNode conflict = ann.conflict();
        assertThat(conflict.path("type").asText()).isEqualTo("delete_edit");
        assertThat(ann.events()).hasSize(1);
        assertThat(ann.texts()).hasSize(2);
        ann.silent();
        ann.hub.resolve(conflict.path("conflictId").asText(), resolution, null);
        ann.sync();
        ann.settled();
        agree(ann, survives ? List.of("Edited", "Staying") : List.of("Staying"));
        assertThat(ann.hub.conflicts("open")).isEmpty();
    }

    @Test
    void anEmptiedCalendarIsHeldAndAConfirmationDeletes() {
        Account ann = many(4);
        ann.dav.list(ann.calendar).keySet().forEach(ann.dav::delete);

        JsonNode job = held(ann);

        assertThat(ann.dayflow.count("calendar_events", ann.user)).isEqualTo(4);
        assertThat(ann.card().path("error").path("message").asText()).contains(ann.name);
        ann.hub.control(job.path("jobId").asText(), "confirm");
        ann.eventually(() -> assertThat(ann.events()).isEmpty());
        ann.eventually(() -> assertThat(ann.card().path("error").isNull()).isTrue());
        ann.silent();
    }

    @Test
    void anEmptiedCalendarThatIsFilledAgainIsNotHeldAnyMore() {
        Account ann = many(4);
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            texts.put("e" + i, ann.text("e" + i));
            ann.dav.delete(ann.uri("e" + i));
        }
        held(ann);

        texts.forEach(ann::put);
        ann.sync();

        assertThat(ann.card().path("error").isNull()).isTrue();
        assertThat(ann.hub.jobs(ann.connection()))
                .noneMatch(job -> job.path("status").asText().equals("held"));
        assertThat(ann.events()).hasSize(4);
        ann.silent();
        assertThat(ann.texts()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"30, 12, true", "60, 12, false", "20, 10, false"})
    void moreThanTenAndAQuarterGoneIsHeld(int all, int gone, boolean isHeld) {
        Account ann = many(all);
        for (int i = 0; i < gone; i++) {
            ann.dav.delete(ann.uri("e" + i));
        }

        if (isHeld) {
            JsonNode job = held(ann);
            assertThat(ann.events()).hasSize(all);
            ann.hub.control(job.path("jobId").asText(), "confirm");
        } else {
            ann.sync();
        }

        ann.eventually(() -> assertThat(ann.events()).hasSize(all - gone));
        ann.silent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyRowsDeletedAtOnceAreHeldUntilConfirmed(boolean manual) {
        Account ann = many(30);
        if (manual) {
            ann.hub.settings(ann.connection(), Map.of("syncDirection", "manual"));
        }

        ann.dayflow.execute("delete from public.calendar_events where user_id = ? and title < 'Event 20'", ann.user);
        if (manual) {
            ann.hub.sync(ann.connection());
        }

        ann.eventually(
                () -> assertThat(ann.card().path("error").path("code").asText()).isEqualTo("held"));
        assertThat(ann.texts()).hasSize(30);
        JsonNode job = heldJob(ann);
        ann.update(ann.id(ann.event("Event 29")), Map.of("title", "Event 29 goes on"));
        if (manual) {
            ann.hub.sync(ann.connection());
        }
        ann.eventually("e29", text -> assertThat(text).contains("Event 29 goes on"));
        assertThat(ann.texts()).hasSize(30);
        job = heldJob(ann);
        ann.hub.control(job.path("jobId").asText(), "confirm");
        ann.eventually(() -> assertThat(ann.texts()).hasSize(10));
        ann.eventually(() -> assertThat(ann.card().path("error").isNull()).isTrue());
        ann.silent();
    }

    @Test
    void aVanishedCalendarIsAnErrorOnTheConnectionAndItsRowsStay() {
        Account ann = many(3);
        ann.dav.delete(ann.calendar);

        ann.hub.sync(ann.connection());
        ann.hub.sync(ann.connection());

        assertThat(ann.card().path("status").asText()).isEqualTo("error");
        assertThat(ann.card().path("error").path("message").asText()).contains(ann.name);
        assertThat(ann.events()).hasSize(3);
    }

    private Account two(String strategy) {
        Account ann = account();
        ann.put("going", Texts.event("going", "Going"));
        ann.put(
                "staying",
                Texts.event("staying", "Staying")
                        .replace("T090000Z", "T130000Z")
                        .replace("T100000Z", "T140000Z"));
        return ann.connected(Map.of("conflictResolution", strategy, "syncDirection", "manual"));
    }

    private Account many(int n) {
        Account ann = account();
        for (int i = 0; i < n; i++) {
            ann.put("e" + i, Texts.event("e" + i, "Event %02d".formatted(i)));
        }
        return ann.connected(TWO_WAY);
    }

    private static JsonNode held(Account ann) {
        JsonNode job = ann.hub.sync(ann.connection());
        assertThat(job.path("status").asText()).isEqualTo("held");
        assertThat(ann.card().path("status").asText()).isEqualTo("error");
        assertThat(ann.card().path("error").path("code").asText()).isEqualTo("held");
        return job;
    }

    private static JsonNode heldJob(Account ann) {
        return ann.hub.jobs(ann.connection()).stream()
                .filter(job -> job.path("status").asText().equals("held"))
                .findFirst()
                .orElseThrow();
    }

    private static void agree(Account ann, List<String> titles) {
        assertThat(ann.events()).extracting(row -> (String) row.get("title")).containsExactlyElementsOf(titles);
        assertThat(ann.texts())
                .extracting(text -> Texts.value(text, "SUMMARY"))
                .containsExactlyInAnyOrderElementsOf(titles);
        ann.silent();
    }
}
