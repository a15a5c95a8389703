package io.dayflow.hub.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatNobodySetIsTheDefault() {
        assertThat(Settings.of(object("{}"), Duration.ofMinutes(5)).json()).isEqualTo(object("""
                                {"autoSync": true, "syncInterval": 15, "syncDirection": "two_way", "syncTasks": true,
                                 "syncEvents": true, "conflictResolution": "manual", "fieldStrategies": {}, "fieldMapping": {}, "filters": {},
                                 "deletePolicy": "propagate", "exportNew": "all", "defaultCollections": {}}
                                """));
    }

    @Test
    void everySettingIsReadAndShown() {
        var all = object("""
                {"autoSync": false, "syncInterval": 45, "syncDirection": "one_way", "syncTasks": false,
                 "syncEvents": false, "conflictResolution": "merge", "fieldMapping": {"databaseId": "x"},
                 "fieldStrategies": {"title": "dayflow", "deleted": "manual", "labels": "source"},
                 "filters": {"status": ["pending"], "priorities": ["high", "low"], "tags": ["a"],
                             "dateRange": {"start": "2026-01-01", "end": "2026-12-31"}},
                 "deletePolicy": "keep", "exportNew": {"categories": ["Work"], "status": ["completed"]},
                 "defaultCollections": {"tasks": "019a0000-0000-7000-8000-000000000001"}}
                """);

        var settings = Settings.of(all, Duration.ZERO);

        assertThat(settings.json()).isEqualTo(all);
        assertThat(settings.scheduled()).isFalse();
        assertThat(settings.strategies().at("title")).isEqualTo(Strategy.DAYFLOW);
        assertThat(settings.strategies().at("labels/urgent")).isEqualTo(Strategy.SOURCE);
        assertThat(settings.strategies().at("notes")).isEqualTo(Strategy.MERGE);
        assertThat(settings.syncs(Kind.TASK)).isFalse();
        assertThat(settings.filters().start()).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(settings.exportNew())
                .isEqualTo(new ExportNew.Matching(Set.of("Work"), Set.of(), Set.of("completed"), Set.of()));
        assertThat(settings.defaultCollections())
                .containsEntry(Kind.TASK, UUID.fromString("019a0000-0000-7000-8000-000000000001"));
    }

    @Test
    void theProvidersLimitRaisesTheInterval() {
        assertThat(Settings.of(object("{\"syncInterval\": 1}"), Duration.ofSeconds(90))
                        .interval())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aPatchChangesWhatItNamesAndNullGoesBackToTheDefault() {
        var stored = object("{\"autoSync\": false, \"syncInterval\": 30, \"filters\": {\"tags\": [\"a\"]}}");

        assertThat(Settings.merge(stored, object("{\"autoSync\": null, \"filters\": {\"status\": [\"pending\"]}}")))
                .isEqualTo(
                        object("{\"syncInterval\": 30, \"filters\": {\"tags\": [\"a\"], \"status\": [\"pending\"]}}"));
        assertThat(Settings.merge(stored, object("{\"filters\": {\"tags\": null}, \"exportNew\": \"none\"}")))
                .isEqualTo(object(
                        "{\"autoSync\": false, \"syncInterval\": 30, \"filters\": {}, \"exportNew\": \"none\"}"));
        assertThat(stored.path("autoSync").asBoolean(true))
                .as("the stored object is left alone")
                .isFalse();
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> Settings.merge(
                        object("{}"), object("{\"colour\": 1, \"autoSync\": \"x\", \"syncInterval\": null}")))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldError::field)
                                .containsExactlyInAnyOrder("settings.colour", "settings.autoSync"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"syncInterval\": 10081} | settings.syncInterval",
                "{\"syncInterval\": 99999999999} | settings.syncInterval",
                "{\"conflictResolution\": \"Manual\"} | settings.conflictResolution",
                "{\"conflictResolution\": 1} | settings.conflictResolution",
                "{\"conflictResolution\": \"dayflow\"} | settings.conflictResolution",
                "{\"fieldStrategies\": []} | settings.fieldStrategies",
                "{\"fieldStrategies\": {\"titel\": null}} | settings.fieldStrategies.titel",
                "{\"fieldStrategies\": {\"title\": \"newest\"}} | settings.fieldStrategies.title",
                "{\"deletePolicy\": true} | settings.deletePolicy",
                "{\"fieldMapping\": {\"a\": 1}} | settings.fieldMapping",
                "{\"fieldMapping\": []} | settings.fieldMapping",
                "{\"filters\": {\"dateRange\": {\"start\": \"2026-02-30\"}}} | settings.filters.dateRange.start",
                "{\"filters\": {\"dateRange\": {\"start\": \"2026-02-02\", \"end\": \"2026-02-01\"}}} | settings.filters.dateRange.end",
                "{\"filters\": {\"tags\": [\"\"]}} | settings.filters.tags",
                "{\"exportNew\": {\"labels\": [\"a\"]}} | settings.exportNew.labels",
                "{\"exportNew\": {\"priorities\": [\"none\"]}} | settings.exportNew.priorities",
                "{\"defaultCollections\": {\"notes\": null}} | settings.defaultCollections.notes",
                "{\"defaultCollections\": {\"events\": \"x\"}} | settings.defaultCollections.events"
            })
    void aWrongValueIsRefusedByName(String patch, String field) {
        assertThatThrownBy(() -> Settings.merge(object("{}"), object(patch)))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldError::field)
                                .containsExactly(field));
    }

    @Test
    void aStrategyForAFieldComesAndGoesWithoutTheOthers() {
        var one = Settings.merge(object("{}"), object("{\"fieldStrategies\": {\"title\": \"source\"}}"));
        var two = Settings.merge(one, object("{\"fieldStrategies\": {\"notes\": \"merge\"}}"));
        var back = Settings.merge(two, object("{\"fieldStrategies\": {\"title\": null}}"));

        assertThat(two).isEqualTo(object("{\"fieldStrategies\": {\"title\": \"source\", \"notes\": \"merge\"}}"));
        assertThat(back).isEqualTo(object("{\"fieldStrategies\": {\"notes\": \"merge\"}}"));
        assertThat(Settings.merge(back, object("{\"fieldStrategies\": null}"))).isEqualTo(object("{}"));
    }

    @Test
    void aStrategyThatIsNotAcceptedIsToldWhichAre() {
        assertThatThrownBy(() -> Settings.merge(
                        object("{}"),
                        object("{\"fieldStrategies\": {\"title\": \"x\", \"colour\": \"y\", \"z\": \"merge\"}}")))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldError::message)
                                .anyMatch(text -> text.contains("manual, latest, source, merge, dayflow"))
                                .anyMatch(text ->
                                        text.startsWith("is no field of tasks or events; accepted are assignees")));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
