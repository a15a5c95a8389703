package io.dayflow.hub.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.security.Caller;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who accessed, exported, deleted or allowed what, in a time. */
@PrivacyTest
class ComplianceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2025-04-01T00:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Compliance compliance;

    private UUID user;
    private UUID other;

    @BeforeEach
    void lines() {
        user = user();
        other = user();
        line(user, "data.exported", "2025-03-01T00:00:00Z");
        line(user, "consent.given", "2025-03-05T00:00:00Z");
        line(user, "data.erased", "2025-03-06T00:00:00Z");
        line(user, "webhook.refused", "2025-03-07T00:00:00Z");
        line(user, "settings.changed", "2025-03-08T00:00:00Z");
        line(user, "compliance.read", "2025-03-31T23:59:59Z");
        line(user, "data.exported", "2025-04-01T00:00:00Z");
        line(user, "data.exported", "2025-02-28T23:59:59Z");
        line(other, "data.exported", "2025-03-10T00:00:00Z");
    }

    private UUID user() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email) values (?, ?)")
                .params(id, id + "@example.org")
                .update();
        return id;
    }

    private void line(UUID of, String action, String at) {
        jdbc.sql("insert into hub.audit (user_id, actor, action, at) values (?, ?, ?, cast(? as timestamptz))")
                .params(of, of.toString(), action, at)
                .update();
    }

    private HttpResponse<String> ask(String query) {
        return new HubCalls(port)
                .send(new HubCalls(port)
                        .to("/api/integrations/compliance?" + query)
                        .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                        .header("X-User-Id", user.toString()));
    }

    @Test
    void aUserSeesTheOwnAffairsOfThatTimeByKind() {
        var report = compliance.report(new Caller(user, false), null, FROM, TO, new PageRequest(50, null));

        assertThat(report.userId()).isEqualTo(user);
        assertThat(report.totals())
                .isEqualTo(Map.of(
                        "access", Map.of("compliance.read", 1L),
                        "change", Map.of("settings.changed", 1L),
                        "consent", Map.of("consent.given", 1L),
                        "deletion", Map.of("data.erased", 1L),
                        "export", Map.of("data.exported", 1L),
                        "refusal", Map.of("webhook.refused", 1L)));
        assertThat(report.items()).hasSize(6);
        assertThat(report.items()).allMatch(entry -> user.equals(entry.line().userId()));
        assertThat(report.items().getFirst().kind()).isEqualTo("access");
    }

    @Test
    void aUserMayNotAskForAnotherOne() {
        assertThatThrownBy(() -> compliance.report(new Caller(user, false), other, FROM, TO, new PageRequest(50, null)))
                .isInstanceOf(org.springframework.security.access.AccessDeniedException.class);
    }

    @Test
    void anOperatorMayAndThatIsALineToo() throws Exception {
        var reply = ask("from=" + FROM + "&to=" + TO + "&userId=" + other);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        JsonNode report = JSON.readTree(reply.body());
        assertThat(report.path("items")).hasSize(1);
        assertThat(report.path("items").get(0).path("kind").asText()).isEqualTo("export");
        assertThat(jdbc.sql("select actor from hub.audit where user_id = ? and action = 'compliance.read'")
                        .param(other)
                        .query(String.class)
                        .single())
                .isEqualTo(user.toString());
        assertThat(JSON.readTree(ask("from=" + FROM + "&to=" + TO).body())
                        .path("userId")
                        .asText())
                .as("DayFlow hands it on to the user it names")
                .isEqualTo(user.toString());
        assertThat(compliance
                        .report(new Caller(user, true), null, FROM, TO, new PageRequest(50, null))
                        .userId())
                .as("everybody's")
                .isNull();
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        var query = "from=" + FROM + "&to=" + TO + "&userId=" + user + "&limit=4";

        var first = JSON.readTree(ask(query).body());
        var second = JSON.readTree(
                ask(query + "&cursor=" + first.path("nextCursor").asText()).body());

        assertThat(first.path("items")).hasSize(4);
        assertThat(second.path("items")).hasSize(2);
        assertThat(second.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void aTimeThatIsNoneIsRefusedByName() {
        assertThat(HubCalls.problem(ask("from=yesterday&to=" + TO), 400)
                        .path("errors")
                        .findValuesAsText("field"))
                .containsExactly("from");
        HubCalls.problem(ask("from=" + TO + "&to=" + FROM), 400);
        HubCalls.problem(ask("from=" + FROM), 400);
    }

    @Test
    void theProcessingRecordNamesTablesTimesAndRecipients() throws Exception {
        var record = JSON.readTree(new HubCalls(port)
                .send(new HubCalls(port).asUser("/api/integrations/privacy/processing-record"))
                .body());

        assertThat(record.path("categories").findValuesAsText("table"))
                .contains("hub.journal", "public.users")
                .doesNotContain("hub.flyway_schema_history");
        assertThat(record.path("retention").path("hub.retention.journal").asText())
                .isEqualTo("PT8760H");
        assertThat(record.path("recipients")).isNotEmpty();
    }
}
