package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.provider.ProviderCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@WebhookTest
class IntakeIT {

    private static final String BODY = "{\"user\":\"nobody\",\"changed\":[]}";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditThrottle throttle;

    private HubCalls hub;

    /** The last line of the trail when a test begins: lines stay. */
    private long before;

    @BeforeEach
    void clean() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_event").update();
        throttle.flushAll();
        before = jdbc.sql("select coalesce(max(id), 0) from hub.audit")
                .query(Long.class)
                .single();
    }

    @Test
    void aSignedDeliveryIsStoredAndAnsweredWithoutAWord() {
        var answer = Deliveries.deliver(hub, "d-1", BODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKeys("x-test-signature", "x-test-delivery", "breadcrumbid");
        assertThat(events()).isEqualTo(1);
        assertThat(audited()).isEmpty();
    }

    @Test
    void theSameDeliveryAgainIsAnsweredAndNotStoredAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(Deliveries.deliver(hub, "d-2", BODY).statusCode()).isEqualTo(200);
        }
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void deliveriesWithoutAnIdAreEventsOfTheirOwn() {
        for (int i = 0; i < 2; i++) {
            var request = Deliveries.unsigned(hub, BODY).header("X-Test-Signature", Deliveries.signature(BODY));
            assertThat(hub.send(request).statusCode()).isEqualTo(200);
        }
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void whatIsNotSignedByTheServiceLeavesALineInTheAuditTrailAndNothingElse() {
        String good = Deliveries.signature(BODY);
        List<HttpRequest.Builder> forged = List.of(
                Deliveries.unsigned(hub, BODY),
                Deliveries.unsigned(hub, BODY).header("X-Test-Signature", ""),
                Deliveries.unsigned(hub, BODY).header("X-Test-Signature", good.substring(0, good.length() / 2)),
                Deliveries.unsigned(hub, BODY + " ").header("X-Test-Signature", good),
                Deliveries.unsigned(hub, BODY).header("X-Test-Signature", good).header("X-Test-Signature", good),
                Deliveries.unsigned(hub, BODY).header("X-Test-Signature", Deliveries.signature("{}")),
                Deliveries.unsigned(hub, "no json at all").header("X-Test-Signature", good));
        for (var request : forged) {
            assertThat(HubCalls.problem(hub.send(request), 401).path("detail").asText())
                    .contains("not signed");
        }
        var inQuery = hub.to("/api/webhooks/testtasks?X-Test-Signature=" + good.replace("+", "%2B"))
                .POST(BodyPublishers.ofString(BODY));
        HubCalls.problem(hub.send(inQuery), 401);

        assertThat(events()).isZero();
        assertThat(audited()).containsExactlyInAnyOrder("missing", "malformed", "wrong");
        assertThat(jdbc.sql("select detail::text from hub.audit where id > " + before)
                        .query(String.class)
                        .list())
                .noneMatch(detail -> detail.contains(good));
        assertThat(jdbc.sql("select distinct remote from hub.audit where id > " + before)
                        .query(String.class)
                        .list())
                .containsExactly("127.0.0.1");
    }

    @Test
    void aServiceWithoutASecretRefusesEverything() {
        assertThat(hub.send(hub.to("/api/webhooks/testsilent")
                                .header("X-Test-Signature", "sha256=" + "0".repeat(64))
                                .POST(BodyPublishers.ofString(BODY)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(audited()).containsExactly("no_secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/webhooks/no-such-service",
                "/api/webhooks/testcal",
                "/api/webhooks/testtasks/not-an-id",
                "/api/webhooks/testtasks/019a0000-0000-7000-8000-00000000ffff"
            })
    void unknownServicesAndIntegrationsAreNotThere(String path) {
        var request = hub.to(path)
                .header("X-Test-Signature", Deliveries.signature(BODY))
                .POST(BodyPublishers.ofString(BODY));

        HubCalls.problem(hub.send(request), 404);
        assertThat(events()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{\"a\":", "{} {}", "17", "\"text\"", "{\"a\":1}]", "<xml/>"})
    void aSignedBodyThatIsNoJsonIsRefused(String body) {
        HubCalls.problem(Deliveries.deliver(hub, UUID.randomUUID().toString(), body), 400);
        assertThat(events()).isZero();
    }

    /** The body is the service's, and read by nobody but the signature's check. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                "application/json; charset=ISO-8859-1",
                "text/plain"
            })
    void whateverTypeTheBodyIsSaidToBeItsBytesAreWhatIsSigned(String type) {
        String form = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n{}\r\n--x--\r\n";
        for (String body : List.of(BODY, form, "%zz")) {
            var request = hub.to("/api/webhooks/testtasks")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(body));
            HubCalls.problem(hub.send(request), 401);
            HubCalls.problem(hub.send(request.header("X-Test-Signature", Deliveries.signature(body + " "))), 401);
        }
        var signed = hub.to("/api/webhooks/testtasks")
                .header("Content-Type", type)
                .header("X-Test-Signature", Deliveries.signature(BODY))
                .POST(BodyPublishers.ofString(BODY));
        assertThat(hub.send(signed).statusCode()).isEqualTo(200);
        assertThat(events()).isEqualTo(1);
    }

    /** Tomcat lets bytes from 0x80 to 0x9f through, and the firewall throws at whoever reads them. */
    @ParameterizedTest
    @CsvSource({
        "X-Test-Signature, 401, missing",
        "User-Agent, 401, missing",
        "X-Test-Delivery, 401, missing",
        "Content-Type, 401, missing",
        "X-Test-Delivery signed, 200, ",
        "User-Agent signed, 200, ",
        "Content-Type signed, 200, "
    })
    void rawBytesInAHeaderChangeNoAnswer(String header, int status, String fault) throws IOException {
        boolean signed = header.endsWith(" signed");
        String own = signed ? "X-Test-Signature: " + Deliveries.signature(BODY) + "\r\n" : "";
        String name = header.replace(" signed", "");
        String request = "POST /api/webhooks/testtasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: " + BODY.length() + "\r\n" + own + name + ": a\u0080\u009fb\r\n\r\n" + BODY;
        for (int i = 0; i < 2; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 " + status);
            }
        }
        assertThat(events()).isEqualTo(signed ? 2 : 0);
        assertThat(audited()).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherItIsAnnouncedOrNot() {
        String large = "{\"a\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}";
        HubCalls.problem(Deliveries.deliver(hub, "large", large), 413);
        byte[] bytes = large.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var streamed = hub.to("/api/webhooks/testtasks")
                .header("X-Test-Signature", Deliveries.signature(large))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
        HubCalls.problem(hub.send(streamed), 413);
        assertThat(events()).isZero();
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() {
        String start = "{\"a\":\"";
        String body = start + "x".repeat(1024 * 1024 - start.length() - 2) + "\"}";

        assertThat(Deliveries.deliver(hub, "limit", body).statusCode()).isEqualTo(200);
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var streamed = hub.to("/api/webhooks/testtasks")
                .header("X-Test-Signature", Deliveries.signature(body))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
        assertThat(hub.send(streamed).statusCode()).isEqualTo(200);
    }

    @Test
    void otherMethodsAreRefused() {
        HubCalls.problem(hub.send(hub.to("/api/webhooks/testtasks").GET()), 405);
        HubCalls.problem(hub.send(hub.to("/api/webhooks/testtasks").PUT(BodyPublishers.ofString(BODY))), 405);
    }

    @Test
    void operatorsAndUsersReadTheAuditTrail() {
        hub.send(Deliveries.unsigned(hub, BODY));
        jdbc.sql("insert into hub.audit (user_id, actor, action) values (?, 'somebody', 'token.made')")
                .param(RunningHub.USER)
                .update();

        var answer = hub.send(hub.asUser("/api/integrations/audit").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("token.made");
    }

    @Autowired
    ProviderCatalog catalog;

    @Test
    void theFormOfWebhooksIsInTheProvidersFile() {
        var form = catalog.find("testtasks").orElseThrow().webhook();

        assertThat(form).isNotNull();
        assertThat(form.signature().header()).isEqualTo("X-Test-Signature");
        assertThat(form.deliveryHeader()).isEqualTo("X-Test-Delivery");
        assertThat(form.account()).isEqualTo("userId");
        assertThat(form.ordered()).isTrue();
    }

    private long events() {
        return jdbc.sql("select count(*) from hub.webhook_event")
                .query(Long.class)
                .single();
    }

    private List<String> audited() {
        return jdbc
                .sql("select detail ->> 'signature' as s from hub.audit where action = 'webhook.refused'" + " and id > "
                        + before)
                .query()
                .listOfRows()
                .stream()
                .map((Map<String, Object> row) -> String.valueOf(row.get("s")))
                .toList();
    }
}
