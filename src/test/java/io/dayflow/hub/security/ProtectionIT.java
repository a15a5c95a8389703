package io.dayflow.hub.security;

import static io.dayflow.hub.HubCalls.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** What browsers are told to keep to, by a hub that they reach by TLS. */
@RunningHub
@Import(FakeEngine.class)
@TestPropertySource(properties = {"camel.main.auto-startup=false", "PUBLIC_URL=https://hub.example.org"})
class ProtectionIT {

    private static final String NOTHING =
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final String TLS_ONLY = "max-age=31536000 ; includeSubDomains";

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/integrations",
                "/assets/app.css",
                "/api/integrations",
                "/api/nothing",
                "/actuator",
                "/actuator/health",
                "/v3/api-docs",
                "/nothing"
            })
    void everyAnswerIsProtected(String path) {
        var hub = new HubCalls(port);
        var answer = hub.send(hub.to(path).header("Accept", "text/html"));

        boolean framed = path.startsWith("/actuator") || path.startsWith("/v3");
        says(answer, framed ? "SAMEORIGIN" : "DENY");
        assertThat(header(answer, "Content-Security-Policy"))
                .contains(framed ? "frame-ancestors 'self'" : "frame-ancestors 'none'")
                .contains("object-src 'none'")
                .contains(framed ? "base-uri 'self'" : "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "Referrer-Policy")).isIn("no-referrer", "same-origin");
    }

    @Test
    void soAreAnswersToCallsWithProof() {
        var hub = new HubCalls(port);
        for (var answer : new HttpResponse<?>[] {
            hub.send(hub.asUser("/api/integrations")), hub.send(hub.asUser("/api/integrations/export"))
        }) {
            assertThat(answer.statusCode()).isEqualTo(200);
            says(answer, "DENY");
            assertThat(header(answer, "Content-Security-Policy")).isEqualTo(NOTHING);
        }
        var console = hub.send(hub.asOperator("/actuator/hawtio/"));
        assertThat(console.statusCode()).isEqualTo(200);
        says(console, "SAMEORIGIN");
    }

    @Test
    void soIsWhatIsRefusedBeforeAnybodyLooksAtWhoAsks() {
        var hub = new HubCalls(port);
        var large = hub.send(hub.to("/integrations/demo").POST(BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1])));
        problem(large, 413);
        var rejected = hub.send(hub.to("/integrations;x=y"));
        problem(rejected, 400);
        for (var answer : new HttpResponse<?>[] {large, rejected}) {
            says(answer, "DENY");
            assertThat(header(answer, "Content-Security-Policy")).isEqualTo(NOTHING);
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        }
    }

    @Test
    void servicesAreToldNothingButToTakeTheTypeAsItIsAndToComeByTls() {
        var hub = new HubCalls(port);
        var answer = hub.post(hub.to("/api/webhooks/nobody"), "{}");

        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Strict-Transport-Security")).isEqualTo(TLS_ONLY);
        assertThat(answer.headers().map()).doesNotContainKey("Content-Security-Policy");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void cookiesGoByTlsOnlyAndToThisHostOnly() throws Exception {
        var page = send(request("/login").header("Accept", "text/html"));
        var form = cookie(page, "__Host-CSRF");
        assertThat(form).contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax");
        assertThat(form).doesNotContain("Domain");

        var visit = send(request("/conflicts").header("Accept", "text/html"));
        var wanted = cookie(visit, "__Host-visit");
        assertThat(wanted).contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax");
        assertThat(wanted).doesNotContain("Domain");

        var token = CSRF.matcher(page.body());
        assertThat(token.find()).isTrue();
        var in = send(request("/login")
                .header("Cookie", form.split(";", 2)[0] + "; " + wanted.split(";", 2)[0])
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "username=admin&password=" + RunningHub.ADMIN_PASSWORD + "&_csrf=" + token.group(1))));
        assertThat(header(in, "Location")).isEqualTo("/conflicts");
        var session = cookie(in, "__Host-SESSION");
        assertThat(session).contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax");
        assertThat(session).doesNotContain("Domain");

        var signedIn = send(request("/activity").header("Cookie", session.split(";", 2)[0]));
        assertThat(signedIn.statusCode()).isEqualTo(200);
        says(signedIn, "DENY");

        var own = session.split(";", 2)[0];
        var dark = send(request("/account/theme")
                .header("Cookie", own + "; " + form.split(";", 2)[0])
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("theme=dark&_csrf=" + csrf(form, own))));
        var theme = cookie(dark, "__Host-theme");
        assertThat(theme).startsWith("__Host-theme=dark;").contains("; Path=/", "; Secure", "; HttpOnly");
        assertThat(theme).doesNotContain("Domain");
        assertThat(send(request("/activity").header("Cookie", own + "; " + theme.split(";", 2)[0]))
                        .body())
                .contains("data-theme=\"dark\"");
        assertThat(send(request("/activity").header("Cookie", own + "; theme=dark"))
                        .body())
                .as("another host of the site may have set it")
                .doesNotContain("data-theme=\"dark\"");
    }

    private static void says(HttpResponse<?> answer, String frames) {
        assertThat(header(answer, "Strict-Transport-Security")).isEqualTo(TLS_ONLY);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo(frames);
        assertThat(header(answer, "Permissions-Policy")).contains("camera=()", "microphone=()");
        assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    private static String header(HttpResponse<?> answer, String name) {
        assertThat(answer.headers().allValues(name)).as(name).hasSize(1);
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
    }

    private String csrf(String form, String session) throws Exception {
        var page = send(request("/activity").header("Cookie", session + "; " + form.split(";", 2)[0]));
        var token = CSRF.matcher(page.body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
