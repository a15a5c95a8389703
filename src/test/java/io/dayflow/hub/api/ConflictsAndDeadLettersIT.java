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
        var operator = calls.newUser();

        calls.post(operator, PATH + "/dead-letters/" + letter + "/replay", "").expect(202);

        assertThat(FakeEngine.ASKED).containsExactly("replay " + ann + " " + letter);
        calls.post(operator, PATH + "/dead-letters/" + UUID.randomUUID() + "/replay", "")
                .problem(404);
    }
}
