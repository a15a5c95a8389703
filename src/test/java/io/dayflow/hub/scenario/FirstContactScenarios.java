package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sides that hold the same already; a user who moves; an end and a new beginning. */
abstract class FirstContactScenarios extends Scenario {

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void aRowAndAnObjectThatAreAlikeAreOne() {
        Account ann = account();
        UUID row = ann.dayflow.createEvent(ann.user, "Breakfast", NINE, TEN);
        ann.put("a", Texts.event("a", "Breakfast"));
        String before = ann.text("a");
        ann.connected(TWO_WAY);

        assertThat(ann.events())
                .singleElement()
                .satisfies(only -> assertThat(only.get("id")).isEqualTo(row));
        assertThat(ann.dav.list(ann.calendar)).hasSize(1);
        assertThat(ann.text("a")).isEqualTo(before);
        assertThat(ann.hub.conflicts("open")).isEmpty();
        ann.update(row, Map.of("title", "Brunch"));
        ann.eventually("a", text -> assertThat(Texts.changed(before, text)).containsExactly("SUMMARY"));
        ann.silent();
    }

    @ParameterizedTest
    @CsvSource({"keep_dayflow, At home", "keep_external, At the cafe"})
    void nearTwinsAreAQuestion(String resolution, String location) {
        Account ann = account();
        UUID row = ann.dayflow.createEvent(ann.user, "Breakfast", NINE, TEN);
        ann.update(row, Map.of("location", "At home"));
        ann.put("a", Texts.event("a", "Breakfast", "LOCATION:At the cafe"));
        ann.connected(TWO_WAY);

        JsonNode conflict = ann.conflict();
        assertThat(conflict.path("type").asText()).isEqualTo("duplicate");
        assertThat(ann.events()).hasSize(1);
        assertThat(ann.texts()).hasSize(1);
        ann.silent();
        ann.hub.resolve(conflict.path("conflictId").asText(), resolution, null);
        ann.sync();
        ann.settled();
        assertThat(ann.events()).singleElement().satisfies(only -> {
            assertThat(only.get("id")).isEqualTo(row);
            assertThat(only.get("location")).isEqualTo(location);
        });
        assertThat(ann.texts())
                .singleElement()
                .satisfies(text -> assertThat(Texts.value(text, "LOCATION")).isEqualTo(location));
        ann.silent();
    }

    @Test
    void aUserWhoMovesToAnotherZoneKeepsTheDaysAndNothingIsPushed() {
        Account ann = account("Europe/Berlin");
        ann.put("day", Texts.allDay("day", "Holiday", "20260704", "20260706"));
        ann.put("due", Texts.task("due", "Taxes", "DUE;VALUE=DATE:20260415"));
        ann.put("fixed", Texts.event("fixed", "Call"));
        ann.connected(TWO_WAY);
        assertThat(ann.event("Holiday").get("start_time")).isEqualTo(Instant.parse("2026-07-03T22:00:00Z"));
        Map<String, Object> fixed = ann.event("Call");
        Object objects = ann.everything().get("objects");

        ann.dayflow.execute("update public.users set timezone = 'America/Los_Angeles' where id = ?", ann.user);

        ann.eventually(() ->
                assertThat(ann.event("Holiday").get("start_time")).isEqualTo(Instant.parse("2026-07-04T07:00:00Z")));
        assertThat(ann.event("Holiday").get("end_time")).isEqualTo(Instant.parse("2026-07-06T07:00:00Z"));
        assertThat(ann.task("Taxes").get("due_date")).isEqualTo(Instant.parse("2026-04-15T07:00:00Z"));
        assertThat(ann.event("Call")).isEqualTo(fixed);
        ann.silent();
        assertThat(ann.everything().get("objects")).isEqualTo(objects);
    }

    @Test
    void aConnectionThatEndsAndBeginsAgainDoublesNothing() {
        Account ann = account();
        ann.put("a", Texts.rich("a"));
        ann.put("b", Texts.event("b", "Plain"));
        ann.put("c", Texts.task("c", "Task"));
        ann.connected(TWO_WAY);
        ann.dayflow.createEvent(ann.user, "Mine", NINE, TEN);
        ann.eventually(() -> assertThat(ann.texts()).hasSize(4));
        ann.settled();
        Object objects = ann.everything().get("objects");
        Map<Object, Object> rows = ids(ann);

        ann.hub.disconnect(ann.connection(), "keep");
        assertThat(ids(ann)).isEqualTo(rows);
        ann.connected(TWO_WAY);

        assertThat(ids(ann)).isEqualTo(rows);
        assertThat(ann.hub.conflicts("open")).isEmpty();
        assertThat(ann.everything().get("objects")).isEqualTo(objects);
        ann.silent();
    }

    @Test
    void disconnectingCanTakeTheServicesItemsOutOfDayflowButNotOutOfTheService() {
        Account ann = account();
        ann.put("a", Texts.event("a", "Theirs"));
        ann.connected(TWO_WAY);
        UUID mine = ann.dayflow.createEvent(ann.user, "Mine", TEN, TEN.plusSeconds(60));
        ann.eventually(() -> assertThat(ann.texts()).hasSize(2));
        ann.settled();
        Object objects = ann.everything().get("objects");

        ann.hub.disconnect(ann.connection(), "remove");

        ann.eventually(
                () -> assertThat(ann.events()).extracting(row -> row.get("id")).containsExactly(mine));
        assertThat(ann.everything().get("objects")).isEqualTo(objects);
        ann.connected(TWO_WAY);
        assertThat(ann.events()).extracting(row -> row.get("title")).containsExactly("Mine", "Theirs");
        assertThat(ann.everything().get("objects")).isEqualTo(objects);
        ann.silent();
    }

    private static Map<Object, Object> ids(Account ann) {
        Map<Object, Object> ids = new LinkedHashMap<>();
        for (String table : List.of("calendar_events", "tasks")) {
            ann.dayflow.rows(table, ann.user).forEach(row -> ids.put(row.get("id"), row.get("title")));
        }
        return ids;
    }
}
