package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** DayFlow's backend hands on what it is answered: nothing of another user than the one it names may be in it unasked. */
@ApiTest
class ServiceTokenIT {

    private static final String PATH = "/api/integrations";

    @Autowired
    private ApiCalls calls;

    private UUID ann;
    private UUID ben;

    @BeforeEach
    void users() {
        FakeEngine.ASKED.clear();
        ann = calls.newUser();
        ben = calls.newUser();
    }

    @Test
    void theAuditTrailIsTheNamedUsersAndWhatIsNobodys() {
        line(ann, "of.ann");
        line(ben, "of.ben");
        line(null, "of.nobody");

        var trail = calls.get(ben, PATH + "/audit?limit=200").expect(200).body();
        assertThat(trail.path("items").findValuesAsText("action"))
                .contains("of.ben", "of.nobody")
                .doesNotContain("of.ann");
        assertThat(calls.get(ben, PATH + "/audit?userId=" + ann)
                        .expect(200)
                        .body()
                        .path("items")
                        .findValuesAsText("action"))
                .as("asked for by name")
                .containsExactly("of.ann");
        assertThat(calls.getWith(calls.operatorToken(calls.newUser()), PATH + "/audit?limit=200")
                        .expect(200)
                        .body()
                        .path("items")
                        .findValuesAsText("action"))
                .as("an operator's own token")
                .contains("of.ann", "of.ben", "of.nobody");
    }

    @Test
    void theComplianceReportIsTheNamedUsers() {
        line(ann, "of.ann");
        var report = calls.get(ben, PATH + "/compliance?from=2026-01-01T00:00:00Z&to=2999-01-01T00:00:00Z")
                .expect(200)
                .body();
        assertThat(report.path("userId").asText()).isEqualTo(ben.toString());
        assertThat(report.toString()).doesNotContain(ann.toString());
    }

    @Test
    void anotherUsersDeadLetterIsNotThere() {
        var account = ApiCalls.id(calls.connect(ann, "ann-" + ann));
        var letter = calls.deadLetter(ann, account);

        calls.post(ben, PATH + "/dead-letters/" + letter + "/replay", "").problem(404);
        calls.delete(ben, PATH + "/dead-letters/" + letter).problem(404);
        assertThat(FakeEngine.ASKED).noneMatch(asked -> asked.contains(letter.toString()));
    }

    @Test
    void alertsAreTheNamedUsersAndWhatIsNobodys() {
        var anns = calls.alert(ann).toString();
        var bens = calls.alert(ben).toString();
        var nobodys = calls.alert(null).toString();

        assertThat(alerts(calls.get(ben, PATH + "/alerts?limit=200")))
                .contains(bens, nobodys)
                .doesNotContain(anns);
        calls.put(ben, PATH + "/alerts/" + anns, "{\"acknowledged\": true}").problem(404);
        calls.put(ben, PATH + "/alerts/" + bens, "{\"acknowledged\": true}").expect(200);
        assertThat(alerts(calls.getWith(calls.operatorToken(calls.newUser()), PATH + "/alerts?limit=200")))
                .as("an operator's own token")
                .contains(anns, bens, nobodys);
    }

    private static List<String> alerts(ApiCalls.Reply reply) {
        return reply.expect(200).body().path("items").findValuesAsText("alertId");
    }

    private void line(UUID owner, String action) {
        calls.jdbc
                .sql("insert into hub.audit (user_id, actor, action) values (?, 'hub', ?)")
                .params(owner, action)
                .update();
    }
}
