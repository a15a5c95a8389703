package io.dayflow.hub.security;

import static io.dayflow.hub.HubCalls.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.people.MakeToken;
import io.dayflow.hub.people.TokenScope;
import io.dayflow.hub.web.PageSeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningHub
@Import(FakeEngine.class)
class WebSecurityIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MakeToken make;

    private HubCalls hub;

    @BeforeEach
    void connect() {
        hub = new HubCalls(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic YWRtaW46YWRtaW4=", "Token x"})
    void withoutTheServiceTokenNobodyGetsIn(String authorization) {
        var request = hub.to("/api/integrations").header("X-User-Id", RunningHub.USER.toString());
        var response = hub.send(authorization.isEmpty() ? request : request.header("Authorization", authorization));

        problem(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "1-1-1-1-1", "019a0000-0000-7000-8000-00000000000g"})
    void theServiceTokenNeedsAUser(String id) {
        var request = hub.to("/api/integrations").header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN);
        var response = hub.send(id.isEmpty() ? request : request.header("X-User-Id", id));

        assertThat(problem(response, 400).at("/errors/0/field").asText()).isEqualTo("X-User-Id");
    }

    @Test
    void aUserWhomDayflowDoesNotKnowIsRefused() {
        var response = hub.send(hub.to("/api/integrations")
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", "019a0000-0000-7000-8000-00000000ffff"));

        assertThat(problem(response, 403).path("type").asText()).endsWith("no-such-user");
    }

    @Test
    void aKnownCallerGetsFurther() {
        problem(hub.send(hub.asUser("/api/there-is-no-such-address")), 404);
    }

    @Test
    void webhooksNeedNoToken() {
        problem(hub.post(hub.to("/api/webhooks/no-such-service"), "{}"), 404);
    }

    @Test
    void healthIsOpenAndTellsStrangersNoDetails() {
        for (var path : new String[] {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"}) {
            var response = hub.send(hub.to(path));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("UP").doesNotContain("components", "PostgreSQL");
        }
        assertThat(hub.send(hub.asOperator("/actuator/health")).body()).contains("PostgreSQL");
    }

    @Test
    void theDescriptionIsOpen() {
        assertThat(hub.send(hub.to("/v3/api-docs")).body()).contains("\"openapi\"", "DayFlow Hub");
    }

    @Test
    void theDescriptionTellsOfEveryCallThatItMayBeRefusedAndLimited() throws IOException {
        var paths = new ObjectMapper()
                .readTree(hub.send(hub.to("/v3/api-docs")).body())
                .path("paths");
        int calls = 0;
        for (var path : (Iterable<Map.Entry<String, JsonNode>>) () -> paths.fields()) {
            if (path.getKey().startsWith("/api/webhooks/")) {
                continue; // services are no callers
            }
            for (var call : path.getValue()) {
                var refused = call.path("responses");
                assertThat(refused.at("/401/content/application~1problem+json").isMissingNode())
                        .as("%s: %s", path.getKey(), refused)
                        .isFalse();
                assertThat(refused.path("429").path("headers").fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrder("Retry-After", "RateLimit", "RateLimit-Policy");
                calls++;
            }
        }
        assertThat(calls).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/metrics", "/actuator/hawtio", "/actuator/jolokia", "/", "/nothing"})
    void everythingElseIsTheOperatorsOrNobodys(String path) {
        var refused = hub.send(hub.to(path));
        problem(refused, 401);
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .as("a page must not make browsers ask for a password by themselves")
                .containsExactly(path.startsWith("/actuator") ? "Basic realm=\"DayFlow Hub\"" : "Bearer");
        problem(hub.send(hub.asUser(path)), 401);
        var page = hub.send(hub.to(path).header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    }

    @Test
    void theOperatorSeesTheRoutesInHawtio() {
        assertThat(hub.send(hub.asOperator("/actuator/hawtio/")).body()).contains("<title>Hawtio</title>");
        assertThat(hub.send(hub.asOperator("/actuator/jolokia/read/org.apache.camel:type=context,*/CamelId"))
                        .body())
                .contains("dayflow-hub");
    }

    @Test
    void theOperatorLearnsWhichVersionItIs() throws Exception {
        var info = new ObjectMapper()
                .readTree(hub.send(hub.asOperator("/actuator/info")).body());
        assertThat(info.at("/build/version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void anOperatorsTokenSeesTheConsoleAndOneThatMayWriteCallsIt() {
        var token = token("operator", TokenScope.READ, TokenScope.WRITE, TokenScope.OPERATOR);
        var reading = token("operator", TokenScope.READ, TokenScope.OPERATOR);
        var gc = "{\"type\": \"exec\", \"mbean\": \"java.lang:type=Memory\", \"operation\": \"gc\"}";
        for (var known : List.of(token, reading)) {
            for (var path : List.of("/actuator/metrics", "/actuator/hawtio/", "/actuator/jolokia/version")) {
                var seen = hub.send(by(known, path));
                assertThat(seen.statusCode()).as(path).isEqualTo(200);
                assertThat(seen.headers().firstValue("Set-Cookie")).isEmpty();
            }
            assertThat(hub.send(by(known, "/actuator/health")).body()).contains("PostgreSQL");
        }
        assertThat(hub.post(by(token, "/actuator/jolokia"), gc).body()).contains("\"status\":200");
        problem(hub.post(by(reading, "/actuator/jolokia"), gc), 403);
        problem(hub.post(by(token, "/actuator/jolokia").header("Sec-Fetch-Site", "cross-site"), gc), 403);
        assertThat(hub.send(by(token, "/actuator/jolokia/exec/java.lang:type=Memory/gc"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoLooksIntoTheConsoleByATokenIsInTheTrail() {
        var token = token("operator", TokenScope.READ, TokenScope.OPERATOR);
        var owner = jdbc.sql("select user_id from hub.personal_token where digest = sha256(?::bytea)")
                .param(token)
                .query(UUID.class)
                .single();
        hub.send(by(token, "/actuator/metrics"));

        assertThat(jdbc.sql("select detail ->> 'part' from hub.audit where action = 'operator.looked' and actor = ?")
                        .param(owner.toString())
                        .query(String.class)
                        .list())
                .containsExactly("metrics");
    }

    @Test
    void noOtherTokenOpensTheConsole() {
        var user = token("user", TokenScope.READ, TokenScope.WRITE);
        var operators = token("operator", TokenScope.READ, TokenScope.WRITE);
        var expired = token("operator", TokenScope.READ, TokenScope.OPERATOR);
        jdbc.sql(
                        "update hub.personal_token set expires_at = now() - interval '1 second' where digest = sha256(?::bytea)")
                .param(expired)
                .update();
        for (var path : List.of("/actuator/metrics", "/actuator/hawtio/", "/actuator/jolokia/version")) {
            problem(hub.send(by(user, path)), 403);
            problem(hub.send(by(operators, path)), 403);
            for (var wrong : List.of(expired, "dfh_" + "A".repeat(43), RunningHub.SERVICE_TOKEN)) {
                var refused = hub.send(by(wrong, path));
                problem(refused, 401);
                assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            }
        }
    }

    @Test
    void whatIsOpenIsSoWithAnyToken() {
        for (var token : List.of("dfh_" + "A".repeat(43), RunningHub.SERVICE_TOKEN)) {
            for (var path : List.of("/actuator/health", "/actuator/health/liveness", "/v3/api-docs")) {
                var open = hub.send(by(token, path));
                assertThat(open.statusCode()).as(path).isEqualTo(200);
                assertThat(open.body()).doesNotContain("PostgreSQL");
            }
        }
    }

    private HttpRequest.Builder by(String token, String path) {
        return hub.to(path).header("Authorization", "Bearer " + token);
    }

    /** Of a new account. */
    private String token(String role, TokenScope... scopes) {
        var account = UUID.randomUUID();
        var user = new PageSeed(jdbc).user("x");
        jdbc.sql("insert into hub.account (id, name, user_id, role, created_at) values (?, ?, ?, ?, now())")
                .params(account, account.toString(), user, role)
                .update();
        var wanted = new MakeToken.Wanted("x", Set.of(scopes), Instant.now().plusSeconds(3600));
        return make.make(user, account, wanted).token();
    }

    @Test
    void aBrowserSignsInByTheFormAndHawtioMayPost() {
        assertThat(login("wrong").headers().firstValue("Location").orElseThrow())
                .endsWith("/login?error");
        assertThat(login(RunningHub.ADMIN_PASSWORD)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/integrations");

        assertThat(hub.send(hub.to("/actuator/hawtio/")).statusCode()).isEqualTo(200);
        var version = "{\"type\":\"version\"}";
        assertThat(hub.post(hub.to("/actuator/jolokia").header("Sec-Fetch-Site", "same-origin"), version)
                        .statusCode())
                .isEqualTo(200);
        problem(hub.post(hub.to("/actuator/jolokia").header("Sec-Fetch-Site", "cross-site"), version), 403);
        assertThat(hub.post(hub.to("/actuator/jolokia").header("Origin", "https://evil.example"), version)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theLoginFormNeedsItsCsrfToken() {
        var response = hub.send(hub.to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=admin&password=" + RunningHub.ADMIN_PASSWORD)));
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/jolokia/exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/%65xec/java.lang:type=Memory/gc",
                "/actuator/jolokia/write/java.lang:type=Memory/Verbose/true",
                "/actuator/jolokia?p=exec/java.lang:type=Memory/gc",
                "/actuator/hawtio/jolokia/exec/java.lang:type=Memory/gc"
            })
    void aLinkChangesNothing(String path) {
        assertThat(hub.send(hub.asOperator(path)).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/jolokia", "/actuator/hawtio/jolokia"})
    void jolokiaCallsNoOtherAddress(String path) throws Exception {
        try (var elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            elsewhere.setSoTimeout(1_000);
            var request = """
                    {"type": "read", "mbean": "java.lang:type=Runtime", "attribute": "VmName",
                     "target": {"url": "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi"}}
                    """.formatted(elsewhere.getLocalPort());
            var asked = CompletableFuture.supplyAsync(() -> hub.post(hub.asOperator(path), request));
            assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(asked.get(30, TimeUnit.SECONDS).body()).as("of this hub").contains("VmName");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"exec\", \"mbean\": \"com.sun.management:type=DiagnosticCommand\", \"operation\": \"vmVersion\"}",
                "{\"type\": \"read\", \"mbean\": \"com.sun.management:type=HotSpotDiagnostic\", \"attribute\": \"DiagnosticOptions\"}",
                "{\"type\": \"read\", \"mbean\": \"jdk.management.jfr:type=FlightRecorder\", \"attribute\": \"Recordings\"}"
            })
    void jolokiaLoadsNoCodeAndWritesNoMemory(String request) {
        for (var path : List.of("/actuator/jolokia", "/actuator/hawtio/jolokia")) {
            assertThat(hub.post(hub.asOperator(path), request).body())
                    .contains("forbidden for MBean", "\"status\":403");
        }
    }

    @Test
    void redirectsDoNotNameTheHostThatWasCalled() {
        var page = hub.send(hub.to("/integrations").header("Accept", "text/html"));
        assertThat(page.headers().firstValue("Location")).contains("/login");
        assertThat(login(RunningHub.ADMIN_PASSWORD).headers().firstValue("Location"))
                .contains("/integrations");
    }

    @Test
    void answersCarryTheHeadersThatProtectThem() {
        var headers = hub.send(hub.asUser("/api/nothing")).headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    private java.net.http.HttpResponse<String> login(String password) {
        var page = hub.send(hub.to("/login").header("Accept", "text/html")).body();
        var token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return hub.send(hub.to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=admin&password=" + password + "&_csrf=" + token.group(1))));
    }
}
