package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.api.ApiCalls.Reply;
import io.dayflow.hub.security.ApiTokens;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@ApiTest
@Import(AuditSearchIT.Tokens.class)
class AuditSearchIT {

    @TestConfiguration(proxyBeanMethods = false)
    static class Tokens {
        /** A user's own token: the user's id after {@code token-of-}. */
        @Bean
        ApiTokens tokensOfUsers() {
            return presented -> Optional.of(presented.reveal())
                    .filter(text -> text.startsWith("token-of-"))
                    .map(text -> new Caller(UUID.fromString(text.substring("token-of-".length())), false))
                    .map(caller -> new Permit(UUID.randomUUID(), caller, true));
        }
    }

    private static final String AUDIT = "/api/integrations/audit";

    @Autowired
    private ApiCalls calls;

    private UUID ann;
    private UUID ben;

    @BeforeEach
    void users() {
        ann = calls.newUser();
        ben = calls.newUser();
    }

    @Test
    void anExportIsAFileOfItsFormatWhateverIsAccepted() {
        line(ann, "hub", "any.type", "o", "{}", "2026-01-01");
        for (var accepted : List.of("application/json", "text/csv", "*/*")) {
            var file = calls.http()
                    .send(calls.request(ann, AUDIT + "/export?action=any.type&userId=" + ann)
                            .header("Accept", accepted));
            assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Type")).contains("application/x-ndjson;charset=UTF-8");
            assertThat(file.body()).contains("any.type");
            HubCalls.problem(
                    calls.http()
                            .send(calls.request(ann, AUDIT + "/export?format=xml")
                                    .header("Accept", accepted)),
                    400);
        }
        assertThat(calls.get(ann, "/v3/api-docs")
                        .expect(200)
                        .body()
                        .at("/paths/~1api~1integrations~1audit~1export/get/responses/200/content")
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("application/x-ndjson", "text/csv");
    }

    @Test
    void everyConditionNarrowsTheList() {
        line(ann, ann.toString(), "settings.changed", "connection:one", "{\"name\": \"Grüner Tee\"}", "2026-01-01");
        line(ann, "hub", "credentials.refreshed", "connection:one", "{}", "2026-01-02");
        line(ann, "hub", "credentials.refreshed", "connection:two", "{\"number\": 12}", "2026-01-03");
        line(ben, "hub", "credentials.refreshed", "connection:one", "{}", "2026-01-02");
        String own = "?userId=" + ann;

        assertThat(days(own)).containsExactly("03", "02", "01");
        assertThat(days(own + "&actor=hub")).containsExactly("03", "02");
        assertThat(days(own + "&action=settings.changed")).containsExactly("01");
        assertThat(days(own + "&object=connection:one")).containsExactly("02", "01");
        assertThat(days(own + "&from=2026-01-02T00:00:00Z")).containsExactly("03", "02");
        assertThat(days(own + "&to=2026-01-02T00:00:00Z")).containsExactly("01");
        assertThat(days(own + "&from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:01Z&actor=hub"))
                .containsExactly("02");
        assertThat(days(own + "&q=gr%C3%BCn")).containsExactly("01");
        assertThat(days(own + "&q=REFRESHED%20two")).containsExactly("03");
        assertThat(days(own + "&q=curl%208.5")).containsExactly("03", "02", "01");
        assertThat(days(own + "&q=192.0.2.7")).containsExactly("03", "02", "01");
        assertThat(days(own + "&q=nowhere")).isEmpty();
        assertThat(days(own + "&q=%27%3A%2A%20%7C%20!%27%5C%28")).hasSize(3); // signs only: no word to look for
        assertThat(days(own + "&q=xy%27%20%7C%20%27zy")).isEmpty();
    }

    @Test
    void pagesFollowOneAnother() {
        for (int i = 10; i < 21; i++) {
            line(ann, "hub", "x.y", null, "{}", i % 2 == 0 ? "2026-01-10" : "2026-01-" + i);
        }
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            var page = get("?userId=" + ann + "&limit=3" + cursor);
            page.path("items").forEach(item -> seen.add(item.path("auditId").asLong()));
            cursor = "&cursor=" + page.path("nextCursor").asText();
            pages++;
        } while (!cursor.equals("&cursor=null"));

        assertThat(pages).isEqualTo(4);
        assertThat(seen).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void aUserSeesTheOwnAffairsOnly() {
        line(ann, "hub", "x.y", null, "{}", "2026-01-01");
        line(ben, "hub", "x.y", null, "{}", "2026-01-02");
        line(null, "anonymous", "webhook.refused", null, "{}", "2026-01-03");

        var own = asUser(ann, AUDIT).expect(200).body().path("items");
        assertThat(own).hasSize(1);
        assertThat(own.get(0).path("userId").asText()).isEqualTo(ann.toString());
        assertThat(asUser(ann, AUDIT + "?userId=" + ann).expect(200).body().path("items"))
                .hasSize(1);
        assertThat(asUser(ann, AUDIT + "?q=refused").expect(200).body().path("items"))
                .isEmpty();
        assertThat(asUser(ann, AUDIT + "/export").response().body().lines()).hasSize(2); // and the export itself
        asUser(ann, AUDIT + "?userId=" + ben).expect(403);
        asUser(ann, AUDIT + "/export?userId=" + ben).expect(403);
        asUser(ann, AUDIT + "/verification").expect(403);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThat(calls.get(ann, AUDIT + "?from=yesterday").wrongFields()).containsExactly("from");
        assertThat(calls.get(ann, AUDIT + "?to=2026-01-01").wrongFields()).containsExactly("to");
        assertThat(calls.get(ann, AUDIT + "?userId=ann").wrongFields()).containsExactly("userId");
        assertThat(calls.get(ann, AUDIT + "?q=%20").wrongFields()).containsExactly("q");
        assertThat(calls.get(ann, AUDIT + "?actor=" + "a".repeat(201)).wrongFields())
                .containsExactly("actor");
        assertThat(calls.get(ann, AUDIT + "?cursor=x").wrongFields()).containsExactly("cursor");
        assertThat(calls.get(ann, AUDIT + "/export?format=xml").wrongFields()).containsExactly("format");
        assertThat(calls.get(ann, AUDIT + "/verification?expectHead=7").wrongFields())
                .containsExactly("expectHead");
    }

    @Test
    void aFileHoldsEveryLineThatFits() throws Exception {
        calls.jdbc
                .sql("insert into hub.audit (user_id, actor, action) select ?, 'hub', 'many.lines'"
                        + " from generate_series(1, 1700)")
                .param(ann)
                .update();

        var file = send(AUDIT + "/export?format=jsonl&action=many.lines&userId=" + ann);
        assertThat(file.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/x-ndjson");
        var lines = file.response().body().lines().toList();
        assertThat(lines).hasSize(1700).doesNotHaveDuplicates();
        for (var line : lines.subList(0, 5)) {
            assertThat(new ObjectMapper().readTree(line).path("action").asText())
                    .isEqualTo("many.lines");
        }
        var exported = get("?action=audit.exported&userId=" + ann).path("items");
        assertThat(exported).hasSize(1);
        assertThat(exported.get(0).path("detail").path("action").asText()).isEqualTo("many.lines");
    }

    @Test
    void noCellOfAFileIsAFormula() {
        line(ann, "=cmd()", "x.y", "+1", "{\"a\": \"b, \\\"c\\\"\"}", "2026-01-01");

        var file = send(AUDIT + "/export?format=csv&action=x.y&userId=" + ann);

        assertThat(file.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/csv");
        var rows = file.response().body().split("\r\n");
        assertThat(rows).hasSize(2);
        assertThat(rows[0]).startsWith("auditId,at,userId,actor,action,service,object,detail,");
        assertThat(rows[1]).contains(",'=cmd(),x.y,,'+1,\"{\"\"a\"\":\"\"b, \\\"\"c\\\"\"\"\"}\",192.0.2.7,");
    }

    @Test
    void theOperatorVerifiesTheTrail() {
        line(ann, "hub", "x.y", null, "{}", "2026-01-01");
        calls.jdbc.sql("select hub.seal_audit()").query(Integer.class).single();

        var sound = get("/verification");
        assertThat(sound.path("verdict").asText()).isEqualTo("sound");
        assertThat(sound.path("lines").asLong()).isPositive();
        var head = sound.path("head").path("sequence").asText() + ":"
                + sound.path("head").path("hash").asText();
        assertThat(get("/verification?expectHead=" + head).path("verdict").asText())
                .isEqualTo("sound");
        var other = head.substring(0, head.length() - 1) + (head.endsWith("0") ? "1" : "0");
        assertThat(get("/verification?expectHead=" + other).path("verdict").asText())
                .isEqualTo("broken");
    }

    private List<String> days(String conditions) {
        List<String> days = new ArrayList<>();
        get(conditions)
                .path("items")
                .forEach(item -> days.add(item.path("at").asText().substring(8, 10)));
        return days;
    }

    private JsonNode get(String rest) {
        return calls.get(ann, AUDIT + rest).expect(200).body();
    }

    /** As a file: no JSON document. */
    private Reply send(String path) {
        var response = calls.http().send(calls.request(ann, path).GET());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Reply(200, null, response);
    }

    private Reply asUser(UUID user, String path) {
        HubCalls http = calls.http();
        var response = http.send(
                http.to(path).header("Authorization", "Bearer token-of-" + user).GET());
        return path.contains("export") && response.statusCode() == 200
                ? new Reply(200, null, response)
                : ApiCalls.reply(response);
    }

    private void line(UUID owner, String actor, String action, String object, String detail, String day) {
        calls.jdbc
                .sql("insert into hub.audit (user_id, actor, action, object, detail, at, remote, agent)"
                        + " values (?, ?, ?, ?, cast(? as jsonb), cast(? as timestamptz), '192.0.2.7', 'curl/8.5')")
                .params(owner, actor, action, object, detail, day + "T00:00:00Z")
                .update();
    }
}
