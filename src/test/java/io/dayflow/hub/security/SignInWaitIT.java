package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.MovedClock;
import io.dayflow.hub.RunningHub;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** What a person or a script is answered that signs in too often in vain. */
@RunningHub
@Import(SignInWaitIT.Time.class)
@TestPropertySource(
        properties = {
            "camel.main.auto-startup=false",
            "hub.sign-in.throttle.attempts=3",
            "hub.sign-in.throttle.first-wait=40s"
        })
class SignInWaitIT {

    private static final MovedClock CLOCK = new MovedClock(Instant.now());
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {
        @Bean
        @Primary
        Clock movedClock() {
            return CLOCK;
        }
    }

    @LocalServerPort
    int port;

    @BeforeEach
    void whatFailedBeforeIsForgotten() {
        CLOCK.move(Duration.ofHours(2));
    }

    @Test
    void onThePageEvenTheRightPasswordWaits() {
        var hub = new HubCalls(port);
        for (int i = 0; i < 3; i++) {
            assertThat(location(form(hub, "admin", "wrong"))).endsWith("/login?error");
        }
        var refused = form(hub, "admin", RunningHub.ADMIN_PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        tellsItsLimit(refused);
        assertThat(refused.body())
                .contains("taken in 40 seconds", "<form", "name=\"_csrf\"")
                .doesNotContain("do not fit together", RunningHub.ADMIN_PASSWORD);
        assertThat(hub.send(hub.to("/integrations").header("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(302);

        CLOCK.move(Duration.ofSeconds(40));
        assertThat(location(form(hub, "admin", RunningHub.ADMIN_PASSWORD))).endsWith("/integrations");
    }

    @Test
    void scriptsWaitToo() {
        var hub = new HubCalls(port);
        for (int i = 0; i < 3; i++) {
            var wrong = basic(hub, "admin", "wrong");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"DayFlow Hub\"");
        }
        var refused = basic(hub, "admin", RunningHub.ADMIN_PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        tellsItsLimit(refused);
        assertThat(form(hub, "admin", RunningHub.ADMIN_PASSWORD).statusCode())
                .as("by whichever way")
                .isEqualTo(429);
        assertThat(hub.send(hub.asUser("/api/integrations")).statusCode())
                .as("tokens are no passwords")
                .isEqualTo(200);

        CLOCK.move(Duration.ofSeconds(40));
        assertThat(basic(hub, "admin", RunningHub.ADMIN_PASSWORD).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "nobody@example.org", "' or 1=1 --"})
    void whetherThereIsSuchAnAccountIsNotTold(String nobody) {
        var real = answers("admin");
        CLOCK.move(Duration.ofHours(2));
        var none = answers(nobody);

        assertThat(none).hasSize(10).isEqualTo(real);
    }

    private static void tellsItsLimit(HttpResponse<?> refused) {
        var headers = refused.headers();
        assertThat(headers.allValues("Retry-After")).containsExactly("40");
        assertThat(headers.allValues("RateLimit")).containsExactly("\"sign-in\";r=0;t=40");
        assertThat(headers.allValues("RateLimit-Policy"))
                .containsExactly("\"sign-in\";q=3;w=3600, \"sign-in-address\";q=30;w=3600");
    }

    /** All of an answer but what differs between any two. */
    private List<String> answers(String account) {
        var hub = new HubCalls(port);
        var answers = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            answers.add(plain(form(hub, account, "wrong")));
        }
        CLOCK.move(Duration.ofHours(2));
        for (int i = 0; i < 5; i++) {
            answers.add(plain(basic(hub, account, "wrong")));
        }
        return answers;
    }

    private static String plain(HttpResponse<String> answer) {
        var names = new ArrayList<>(answer.headers().map().keySet());
        names.removeAll(List.of("date", "content-length"));
        var cause = new StringBuilder();
        for (var name : List.of("location", "retry-after", "www-authenticate")) {
            cause.append(answer.headers().allValues(name));
        }
        return answer.statusCode() + " " + names + " " + cause + "\n"
                + CSRF.matcher(answer.body()).replaceAll("");
    }

    private static HttpResponse<String> form(HubCalls hub, String account, String password) {
        var page = hub.send(hub.to("/login").header("Accept", "text/html")).body();
        var csrf = CSRF.matcher(page);
        assertThat(csrf.find()).as(page).isTrue();
        return hub.send(hub.to("/login")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encoded(account) + "&password=" + encoded(password)
                        + "&_csrf=" + encoded(csrf.group(1)))));
    }

    private static HttpResponse<String> basic(HubCalls hub, String account, String password) {
        var proof = (account + ":" + password).getBytes(StandardCharsets.UTF_8);
        return hub.send(hub.to("/actuator/metrics")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(proof)));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer + answer.body()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
