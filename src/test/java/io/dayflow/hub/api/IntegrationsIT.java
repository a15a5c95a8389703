package io.dayflow.hub.api;

import static io.dayflow.hub.api.ApiCalls.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.FakeEngine;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class IntegrationsIT {

    private static final String PATH = "/api/integrations";

    @Autowired
    ApiCalls calls;

    private UUID ann;

    @BeforeEach
    void newcomer() {
        ann = calls.newUser();
        FakeEngine.ASKED.clear();
    }

    @Test
    void everyServiceIsListedWithHowToConnectIt() {
        var services = calls.get(ann, PATH).expect(200).body().path("services");

        assertThat(services.findValuesAsText("name")).contains("testcal", "testtasks");
        var calendar = services.get(0);
        assertThat(calendar.path("displayName").asText()).isEqualTo("Test Calendar");
        assertThat(calendar.path("type").asText()).isEqualTo("calendar");
        assertThat(calendar.path("auth").toString()).isEqualTo("[\"password\"]");
        assertThat(calendar.path("configured").asBoolean()).isTrue();
        assertThat(calendar.path("sandbox").asBoolean(true)).isFalse();
        assertThat(calendar.path("features").toString())
                .isEqualTo("{\"tasks\":true,\"events\":true,\"webhooks\":false,\"incremental\":true,\"push\":true}");
        assertThat(calendar.path("integrations")).isEmpty();
        assertThat(calendar.at("/credentials/0/fields").toString())
                .contains("{\"name\":\"url\",\"required\":false}", "{\"name\":\"password\",\"required\":true}");
    }

    @Test
    void aConnectedAccountShowsItsCardAndIsListedForItsUserOnly() {
        var card = calls.post(ann, PATH, """
                        {"action": "connect", "service": "testcal", "displayName": " Private ",
                         "credentials": {"url": "https://dav.example.org/", "username": "ann", "password": "right"},
                         "settings": {"syncInterval": 30, "filters": {"tags": ["home"]}}}
                        """).expect(201).body();

        assertThat(card.path("service").asText()).isEqualTo("testcal");
        assertThat(card.path("displayName").asText()).isEqualTo("Private");
        assertThat(card.path("account").asText()).isEqualTo("ann");
        assertThat(card.path("active").asBoolean()).isTrue();
        assertThat(card.path("status").asText()).isEqualTo("idle");
        assertThat(card.has("error") && card.path("error").isNull()).isTrue();
        assertThat(card.has("lastSyncAt") && card.path("lastSyncAt").isNull()).isTrue();
        assertThat(card.path("nextSyncAt").isNull()).isTrue();
        assertThat(card.path("settings").path("syncInterval").asInt()).isEqualTo(30);
        assertThat(card.path("settings").path("syncDirection").asText()).isEqualTo("two_way");
        assertThat(card.path("collections").findValuesAsText("kind")).containsExactly("events", "tasks", "events");
        assertThat(card.path("collections").findValuesAsText("selected")).containsOnly("false");
        assertThat(card.path("counts").toString())
                .isEqualTo("{\"items\":0,\"pending\":0,\"conflicts\":0,\"deadLetters\":0}");
        assertThat(FakeEngine.ASKED).containsExactly("connect testcal https://dav.example.org/");
        assertThat(calls.get(ann, PATH).body().findValuesAsText("integrationId"))
                .containsExactly(id(card).toString());
        assertThat(calls.get(calls.newUser(), PATH).body().findValuesAsText("integrationId"))
                .isEmpty();
    }

    @Test
    void whatIsStoredOfThePasswordCannotBeRead() {
        var card = calls.connect(ann, "ann");
        var stored = calls.jdbc
                .sql("select c::text || encode(c.credentials, 'escape') from hub.connection c where id = ?")
                .param(id(card))
                .query(String.class)
                .single();

        assertThat(stored).doesNotContain("\"password\"");
    }

    @ParameterizedTest
    @CsvSource({
        "wrong, needs_reconnect, the password is not accepted",
        "down, transient, the server does not answer",
        "forbidden, rejected, this account has no calendar",
        "nothing, gone, there is no calendar at this address",
        "garbage, unreadable, the server speaks no CalDAV",
        "busy, rate_limited, too many requests",
        "no-collections, transient, the list of calendars did not come"
    })
    void refusedCredentialsAreRefusedWithTheServicesReasonAndNothingIsStored(
            String password, String code, String reason) {
        var before = calls.fingerprint();

        var reply = calls.post(ann, PATH, """
                {"action": "connect", "service": "testcal", "credentials": {"username": "ann", "password": "%s"}}
                """.formatted(password));

        assertThat(reply.problem(422)).isEqualTo(reason);
        assertThat(reply.body().path("code").asText()).isEqualTo(code);
        assertThat(calls.fingerprint()).isEqualTo(before);
    }

    @Test
    void theSameAccountConnectedAgainIsTheSameIntegrationWithItsSettings() {
        var first = calls.connect(ann, "ann");
        var collection = first.at("/collections/0/id").asText();
        calls.put(ann, PATH, """
                        {"integrationId": "%s", "displayName": "Mine", "settings": {"syncInterval": 60},
                         "collections": [{"id": "%s", "selected": true}]}
                        """.formatted(id(first), collection)).expect(200);
        calls.delete(ann, PATH + "?integrationId=" + id(first)).expect(204);
        assertThat(calls.get(ann, PATH).body().findValuesAsText("integrationId"))
                .isEmpty();

        var second = calls.connect(ann, "ann");

        assertThat(id(second)).isEqualTo(id(first));
        assertThat(second.path("displayName").asText()).isEqualTo("Mine");
        assertThat(second.at("/settings/syncInterval").asInt()).isEqualTo(60);
        assertThat(second.path("confirmed").asBoolean(true)).isFalse();
        assertThat(selected(second)).containsExactly(collection);
    }

    @Test
    void aChangeIsShownAndWhatItDoesNotNameStays() {
        var card = calls.connect(ann, "ann");
        var task = card.at("/collections/1/id").asText();

        var changed = calls.put(ann, PATH, """
                        {"integrationId": "%s", "active": false, "collections": [{"id": "%s", "selected": true}],
                         "settings": {"syncInterval": 1, "conflictResolution": "latest",
                                      "defaultCollections": {"tasks": "%s"}, "exportNew": {"tags": ["work"]}}}
                        """.formatted(id(card), task, task))
                .expect(200)
                .body();

        assertThat(changed.path("active").asBoolean(true)).isFalse();
        assertThat(changed.path("displayName").asText()).isEqualTo("Test Calendar");
        assertThat(changed.at("/settings/syncInterval").asInt())
                .as("the provider's limit")
                .isEqualTo(5);
        assertThat(changed.at("/settings/conflictResolution").asText()).isEqualTo("latest");
        assertThat(changed.at("/settings/defaultCollections/tasks").asText()).isEqualTo(task);
        assertThat(changed.at("/settings/exportNew/tags/0").asText()).isEqualTo("work");
        assertThat(selected(changed)).containsExactly(task);

        var again = calls.put(
                        ann,
                        PATH,
                        "{\"integrationId\": \"%s\", \"settings\": {\"conflictResolution\": null}}".formatted(id(card)))
                .expect(200)
                .body();
        assertThat(again.at("/settings/conflictResolution").asText()).isEqualTo("manual");
        assertThat(again.at("/settings/exportNew/tags/0").asText()).isEqualTo("work");
    }

    @Test
    void disconnectingForgetsCredentialsCancelsRunsAndKeepsWhatIsElsewhere() {
        var one = id(calls.connect(ann, "ann"));
        var other = id(calls.connect(ann, "bob"));
        var here = calls.item(ann, one, one);
        var both = calls.item(ann, one, one);
        calls.jdbc
                .sql("insert into hub.link (id, item_id, connection_id, external_id) values (?, ?, ?, 'x')")
                .params(UUID.randomUUID(), both, other)
                .update();
        calls.item(ann, one, null);
        calls.post(ann, PATH + "/sync", "{\"integrationId\": \"%s\"}".formatted(one))
                .expect(202);
        calls.conflict(ann, one);

        calls.delete(ann, PATH + "?items=remove&integrationId=" + one).expect(204);

        assertThat(FakeEngine.ASKED).anyMatch(asked -> asked.startsWith("remove " + ann) && asked.contains(here + ""));
        assertThat(FakeEngine.ASKED.getLast()).doesNotContain(both.toString());
        assertThat(calls.jdbc
                        .sql("select count(*) from hub.link where connection_id = ?")
                        .param(one)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(calls.jdbc
                        .sql("select credentials is null and confirmed_at is null and disconnected_at is not null"
                                + " from hub.connection where id = ?")
                        .param(one)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(calls.get(ann, PATH + "/jobs").body().at("/items/0/status").asText())
                .isEqualTo("cancelled");
        calls.delete(ann, PATH + "?integrationId=" + one).expect(404);
    }

    @Test
    void theCardCountsItemsPendingConflictsAndDeadLetters() {
        var card = id(calls.connect(ann, "ann"));
        calls.conflict(ann, card);
        calls.item(ann, card, null);
        calls.deadLetter(ann, card);

        assertThat(calls.get(ann, PATH).body().findValue("counts").toString())
                .isEqualTo("{\"items\":2,\"pending\":2,\"conflicts\":1,\"deadLetters\":1}");
    }

    private static List<String> selected(JsonNode card) {
        return card.path("collections")
                .valueStream()
                .filter(c -> c.path("selected").asBoolean())
                .map(c -> c.path("id").asText())
                .toList();
    }
}
