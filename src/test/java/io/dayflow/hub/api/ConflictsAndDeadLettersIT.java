package io.dayflow.hub.api;

import static io.dayflow.hub.api.ApiCalls.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class ConflictsAndDeadLettersIT {

    private static final String PATH = "/api/integrations";

    @Autowired
    ApiCalls calls;

    private UUID ann;
    private UUID account;

    @BeforeEach
    void connected() {
        ann = calls.newUser();
        account = id(calls.connect(ann, "ann"));
        FakeEngine.ASKED.clear();
    }

    @Test
    void aConflictIsShownFieldByFieldAndDecidedOnce() {
        var conflict = calls.conflict(ann, account);

        var shown = calls.get(ann, PATH + "/conflicts?status=open")
                .expect(200)
                .body()
                .at("/items/0");
        assertThat(shown.path("conflictId").asText()).isEqualTo(conflict.toString());
        assertThat(shown.path("integrationId").asText()).isEqualTo(account.toString());
        assertThat(shown.path("kind").asText()).isEqualTo("event");
        assertThat(shown.path("type").asText()).isEqualTo("title_mismatch");
        assertThat(shown.path("status").asText()).isEqualTo("open");
        assertThat(shown.has("resolution") && shown.path("resolution").isNull()).isTrue();
        assertThat(shown.at("/fields/0/field").asText()).isEqualTo("title");
        assertThat(shown.at("/fields/0/external").asText()).isEqualTo("C");

        var decided = calls.put(
                        ann,
                        PATH + "/conflicts/" + conflict,
                        "{\"resolution\": \"merge\", \"values\": {\"title\": \"B and C\"}}")
                .expect(200)
                .body();

        assertThat(decided.path("status").asText()).isEqualTo("resolved");
        assertThat(decided.path("resolution").asText()).isEqualTo("merge");
        assertThat(FakeEngine.ASKED).containsExactly("resolve " + conflict + " MERGE {title=\"B and C\"}");
        assertThat(calls.get(ann, PATH + "/conflicts?status=open").body().path("items"))
                .isEmpty();
        assertThat(calls.put(ann, PATH + "/conflicts/" + conflict, "{\"resolution\": \"keep_dayflow\"}")
                        .problem(409))
                .contains("resolved");
    }

    @Test
    void manyConflictsAreDecidedAlikeEachForItself() {
        var one = calls.conflict(ann, account);
        var two = calls.conflict(ann, account);
        var bob = calls.newUser();
        var bobs = calls.conflict(bob, id(calls.connect(bob, "bob")));
        FakeEngine.ASKED.clear();

        var answer = calls.put(
                        ann,
                        PATH + "/conflicts",
                        "{\"conflictIds\": [\"%s\", \"%s\", \"%s\"], \"resolution\": \"keep_external\"}"
                                .formatted(one, bobs, two))
                .expect(200)
                .body();

        assertThat(answer.path("resolved").findValuesAsText("conflictId"))
                .containsExactly(one.toString(), two.toString());
        assertThat(answer.at("/refused/0/conflictId").asText()).isEqualTo(bobs.toString());
        assertThat(answer.at("/refused/0/detail").asText()).isEqualTo("There is no such conflict.");
        assertThat(FakeEngine.ASKED)
                .containsExactly("resolve " + one + " KEEP_EXTERNAL {}", "resolve " + two + " KEEP_EXTERNAL {}");
        assertThat(calls.put(ann, PATH + "/conflicts", "{\"conflictIds\": [], \"resolution\": \"keep_external\"}")
                        .problem(400))
                .contains("conflictIds");
        assertThat(calls.put(ann, PATH + "/conflicts", "{\"conflictIds\": [null], \"resolution\": \"keep_external\"}")
                        .wrongFields())
                .singleElement()
                .asString()
                .startsWith("conflictIds[0]");
        assertThat(calls.put(
                                ann,
                                PATH + "/conflicts",
                                "{\"conflictIds\": [\"%s\"], \"resolution\": \"merge\"}".formatted(one))
                        .problem(400))
                .contains("keep_dayflow or keep_external");
    }

    @Test
    void alwaysSoDecidesTheOthersOfTheConnectionAndSetsItsFields() {
        var other = calls.conflict(ann, account);
        var conflict = calls.conflict(ann, account);
        var elsewhere = calls.conflict(ann, id(calls.connect(ann, "ann elsewhere")));
        FakeEngine.ASKED.clear();

        var decided = calls.put(
                        ann, PATH + "/conflicts/" + conflict, "{\"resolution\": \"keep_dayflow\", \"always\": true}")
                .expect(200)
                .body();

        assertThat(decided.path("status").asText()).isEqualTo("resolved");
        assertThat(FakeEngine.ASKED)
                .containsExactly("resolve " + conflict + " KEEP_DAYFLOW {}", "resolve " + other + " KEEP_DAYFLOW {}");
        assertThat(calls.get(ann, PATH + "/conflicts?status=open")
                        .body()
                        .path("items")
                        .findValuesAsText("conflictId"))
                .containsExactly(elsewhere.toString());
        assertThat(calls.get(ann, PATH).body().findParents("fieldStrategies"))
                .filteredOn(settings ->
                        settings.at("/fieldStrategies/title").asText().equals("dayflow"))
                .hasSize(1);
        assertThat(calls.put(
                                ann,
                                PATH + "/conflicts/" + elsewhere,
                                "{\"resolution\": \"merge\", \"values\": {\"title\": \"x\"}, \"always\": true}")
                        .problem(400))
                .contains("values");
    }

    @Test
    void whatLostCanBeBroughtBackOnceItIsDecided() {
        var conflict = calls.conflict(ann, account);
        var path = PATH + "/conflicts/" + conflict;
        assertThat(calls.post(ann, path + "/bring-back", "{\"resolution\": \"keep_external\"}")
                        .problem(409))
                .contains("open");
        calls.put(ann, path, "{\"resolution\": \"keep_dayflow\"}").expect(200);
        FakeEngine.ASKED.clear();

        calls.post(ann, path + "/bring-back", "{\"resolution\": \"keep_external\"}")
                .expect(200);

        assertThat(FakeEngine.ASKED).containsExactly("bring back " + conflict + " {title=\"C\"}");
        assertThat(calls.post(ann, path + "/bring-back", "{\"resolution\": \"merge\"}")
                        .problem(400))
                .contains("keep_dayflow or keep_external");
        assertThat(calls.post(calls.newUser(), path + "/bring-back", "{\"resolution\": \"keep_external\"}")
                        .problem(404))
                .contains("no such conflict");
    }

    @Test
    void conflictsArePaged() {
        for (int i = 0; i < 3; i++) {
            calls.conflict(ann, account);
        }
        var first = calls.get(ann, PATH + "/conflicts?limit=2").body();
        assertThat(first.path("items")).hasSize(2);
        var second = calls.get(
                        ann,
                        PATH + "/conflicts?limit=2&cursor="
                                + first.path("nextCursor").asText())
                .body();
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void aDeadLetterIsShownReplayedAndThrownAway() {
        var letter = calls.deadLetter(ann, account);

        var shown = calls.get(ann, PATH + "/dead-letters").expect(200).body().at("/items/0");
        assertThat(shown.path("deadLetterId").asText()).isEqualTo(letter.toString());
        assertThat(shown.path("fault").asText()).isEqualTo("unreadable");
        assertThat(shown.path("payload").asText()).isEqualTo("BEGIN:VCALENDAR");

        calls.post(ann, PATH + "/dead-letters/" + letter + "/replay", "").expect(202);
        assertThat(FakeEngine.ASKED).containsExactly("replay " + ann + " " + letter);

        calls.delete(ann, PATH + "/dead-letters/" + letter).expect(204);
        assertThat(calls.get(ann, PATH + "/dead-letters").body().path("items")).isEmpty();
        calls.delete(ann, PATH + "/dead-letters/" + letter).problem(404);
    }

    @Test
    void anOperatorReplaysAnybodysInTheOwnersName() {
        var letter = calls.deadLetter(ann, account);
        var operator = calls.operatorToken(calls.newUser());

        calls.postWith(operator, PATH + "/dead-letters/" + letter + "/replay").expect(202);

        assertThat(FakeEngine.ASKED).containsExactly("replay " + ann + " " + letter);
        calls.postWith(operator, PATH + "/dead-letters/" + UUID.randomUUID() + "/replay")
                .problem(404);
    }
}
