package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.security.Secret;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service that asks whether the hub answers is answered, and nothing else comes of it. */
@WebhookTest
class HandshakeIT {

    private static final String EVENT = "{\"user\":\"nobody\",\"changed\":[]}";
    private static final String CHALLENGE =
            "{\"token\":\"t\",\"challenge\":\"3eZbrw1aB\",\"type\":\"url_verification\"}";
    private static final String OF_NO_CONNECTION = "/019a0000-0000-7000-8000-00000000ffff";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private HubCalls hub;
    private List<Long> before;

    @BeforeEach
    void clean() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_event").update();
        before = kept();
    }

    @AfterEach
    void forget() {
        jdbc.sql("delete from hub.webhook_event").update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/webhooks/testtimed", "/api/webhooks/testtimed" + OF_NO_CONNECTION})
    void theTokenOfAQueryIsAnsweredAsText(String path) {
        String token = "Validation: <script>alert(1)</script> Grüße + & =";

        var answer = hub.send(post(path + "?validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8), ""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(token);
        isPlain(answer);
        nothingIsKept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aSet-Cookie:%20a=b", "%00", "%ff"})
    void aTokenThatIsNoTextIsRefused(String token) {
        HubCalls.problem(hub.send(post("/api/webhooks/testtimed?validationToken=" + token, "")), 400);
        nothingIsKept();
    }

    @Test
    void aTokenThatIsTooLongIsRefused() {
        String path = "/api/webhooks/testtimed?validationToken=" + "a".repeat(1024);

        assertThat(hub.send(post(path, "")).body()).hasSize(1024);
        HubCalls.problem(hub.send(post(path + "a", "")), 400);
        nothingIsKept();
    }

    @Test
    void aTokenOpensNothingForWhatIsToldBesideIt() {
        String path = "/api/webhooks/testtimed?validationToken=abc";

        var answer = hub.send(post(path, EVENT));

        assertThat(HubCalls.problem(answer, 401).toString()).doesNotContain("abc");
        assertThat(events()).isZero();
        assertThat(hub.send(signed(path, EVENT)).body()).isEmpty();
        assertThat(events()).as("what is signed is taken as ever").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?validationToken", "?validationToken=", "?validationToken=a&validationToken=b", "?token=a"})
    void whatIsNotExactlyAQuestionHasToBeSigned(String query) {
        HubCalls.problem(hub.send(post("/api/webhooks/testtimed" + query, "")), 401);
        assertThat(events()).isZero();
    }

    @Test
    void theLimitOfBodiesHoldsForQuestionsToo() {
        HubCalls.problem(hub.send(post("/api/webhooks/testtimed?validationToken=a", " ".repeat(2 * 1024 * 1024))), 413);
        nothingIsKept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/webhooks/testtimed", "/api/webhooks/testtimed" + OF_NO_CONNECTION})
    void aSignedChallengeIsAnsweredWithItsText(String path) {
        var answer = hub.send(signed(path, CHALLENGE));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("3eZbrw1aB");
        isPlain(answer);
        nothingIsKept();
    }

    @Test
    void aChallengeThatIsNotSignedByTheServiceIsRefused() {
        var forged = List.of(
                post("/api/webhooks/testtimed", CHALLENGE),
                signed("/api/webhooks/testtimed", CHALLENGE + " ", CHALLENGE, 0),
                signed("/api/webhooks/testtimed", CHALLENGE, CHALLENGE, -400));
        for (var request : forged) {
            assertThat(HubCalls.problem(hub.send(request), 401).toString()).doesNotContain("3eZbrw1aB");
        }
        assertThat(events()).isZero();
    }

    @Test
    void aChallengeThatIsNoTextIsRefused() {
        for (var challenge : List.of("a".repeat(1025), "a\\nb")) {
            String body = "{\"type\":\"url_verification\",\"challenge\":\"%s\"}".formatted(challenge);
            HubCalls.problem(hub.send(signed("/api/webhooks/testtimed", body)), 400);
        }
        nothingIsKept();
    }

    @Test
    void whatIsNotExactlyAChallengeIsAnEvent() {
        var answer = hub.send(signed("/api/webhooks/testtimed", "{\"type\":\"url_verification\",\"changed\":[]}"));

        assertThat(answer.body()).isEmpty();
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void headIsAnsweredWithNothing() {
        for (var path : List.of("/api/webhooks/testtimed", "/api/webhooks/testtimed" + OF_NO_CONNECTION)) {
            var answer = hub.send(hub.to(path).method("HEAD", BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Length")).contains("0");
        }
        assertThat(head("/api/webhooks/testtimed/not-an-id")).isEqualTo(404);
        assertThat(head("/api/webhooks/testtimed/a/b")).isEqualTo(404);
        nothingIsKept();
    }

    @Test
    void aServiceThatDoesNotAskIsNotAnswered() {
        var question = post("/api/webhooks/testtasks?validationToken=abc", "")
                .header("X-Test-Signature", Deliveries.signature(""));
        assertThat(HubCalls.problem(hub.send(question), 400).path("detail").asText())
                .as("signed, and no event")
                .contains("no JSON");
        HubCalls.problem(hub.send(post("/api/webhooks/testcal?validationToken=abc", "")), 404);
        HubCalls.problem(hub.send(post("/api/webhooks/no-such?validationToken=abc", "")), 404);
        for (var path : List.of("", "/testtasks", "/testcal", "/no-such", "/testtasks/not-an-id")) {
            assertThat(head("/api/webhooks" + path)).as(path).isEqualTo(405);
        }
        HubCalls.problem(
                hub.send(hub.to("/api/webhooks/testtimed?validationToken=abc").GET()), 405);
        assertThat(events()).isZero();
        assertThat(Deliveries.deliver(hub, "challenge", CHALLENGE).body()).isEmpty();
        assertThat(events()).as("to another service it is an event").isEqualTo(1);
    }

    private static void isPlain(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }

    /** Not even a line in the trail. */
    private void nothingIsKept() {
        assertThat(kept()).isEqualTo(before);
    }

    private List<Long> kept() {
        return List.of(
                events(),
                number("select count(*) from hub.webhook_hint"),
                number("select coalesce(max(id), 0) from hub.audit"),
                number("select count(*) from hub.webhook_secret"));
    }

    private long events() {
        return number("select count(*) from hub.webhook_event");
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private int head(String path) {
        return hub.send(hub.to(path).method("HEAD", BodyPublishers.noBody())).statusCode();
    }

    private HttpRequest.Builder post(String path, String body) {
        return hub.to(path).header("Content-Type", "text/plain; charset=utf-8").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder signed(String path, String body) {
        return signed(path, body, body, 0);
    }

    private HttpRequest.Builder signed(String path, String body, String signedBody, int secondsOff) {
        long time = Instant.now().getEpochSecond() + secondsOff;
        byte[] whole = ("v0:" + time + ":" + signedBody).getBytes(StandardCharsets.UTF_8);
        return post(path, body)
                .header("X-Test-Time", Long.toString(time))
                .header(
                        "X-Test-Signature",
                        "v0=" + HexFormat.of().formatHex(Signatures.sign(Secret.of(Deliveries.SECRET), whole)));
    }
}
