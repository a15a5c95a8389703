package io.dayflow.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/** Calls over HTTP to two hubs that share a database. */
@LimitedHub
class CallLimitsIT {

    /** The other hub. */
    @LimitedHub
    @TestPropertySource(properties = "hub.of-the-tests=other")
    static final class Other {}

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    private HubCalls hub;
    private HubCalls other;

    @BeforeEach
    void bothHubs() {
        hub = new HubCalls(port);
        other = new HubCalls(new TestContextManager(Other.class)
                .getTestContext()
                .getApplicationContext()
                .getBean(Environment.class)
                .getRequiredProperty("local.server.port", Integer.class));
        LimitedHub.CLOCK.move(Duration.ofHours(2)); // what other tests used up is full again
    }

    @Test
    void hubsShareALimitAndTheTimeToWaitIsTrue() {
        var ann = newUser();
        for (int i = 0; i < 3; i++) {
            assertThat(call(hub, ann).statusCode()).isEqualTo(200);
            assertThat(call(other, ann).statusCode()).isEqualTo(200);
        }
        var refused = call(other, ann);
        var problem = HubCalls.problem(refused, 429);
        assertThat(problem.path("type").asText()).isEqualTo("urn:dayflow-hub:problem:too-many-requests");
        assertThat(problem.path("detail").asText()).contains("this user", "3 s");
        assertThat(header(refused, "Retry-After")).isEqualTo("3");
        assertThat(header(refused, "RateLimit")).isEqualTo("\"user\";r=0;t=3");
        assertThat(call(hub, ann).statusCode()).isEqualTo(429);

        LimitedHub.CLOCK.move(Duration.ofSeconds(3).minusMillis(1));
        assertThat(call(hub, ann).statusCode()).as("just before").isEqualTo(429);
        LimitedHub.CLOCK.move(Duration.ofMillis(1));
        assertThat(call(hub, ann).statusCode()).as("just then").isEqualTo(200);
        assertThat(call(other, ann).statusCode()).as("one at a time").isEqualTo(429);
    }

    @Test
    void answersTellTheLimits() {
        var ann = newUser();
        var taken = call(hub, ann);
        assertThat(header(taken, "RateLimit-Policy"))
                .isEqualTo("\"service\";q=1000;w=1, \"service-hour\";q=1200000;w=3600,"
                        + " \"user\";q=6;w=18, \"user-hour\";q=120000;w=3600");
        assertThat(header(taken, "RateLimit")).isEqualTo("\"user\";r=5;t=3");
        assertThat(taken.headers().allValues("RateLimit")).hasSize(1);
        assertThat(taken.headers().firstValue("Retry-After")).isEmpty();

        var absent = hub.send(asUser(hub, ann, "/api/nothing"));
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(header(absent, "RateLimit")).as("errors count, too").isEqualTo("\"user\";r=4;t=6");
    }

    @Test
    void theLimitOfOneUserDoesNotTouchAnother() {
        var ann = newUser();
        var ben = newUser();
        for (int i = 0; i < 8; i++) {
            call(hub, ann);
        }
        assertThat(call(hub, ann).statusCode()).isEqualTo(429);
        var taken = call(hub, ben);
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(header(taken, "RateLimit")).isEqualTo("\"user\";r=5;t=3");
    }

    @Test
    void aRefusedCallDoesNothing() {
        var ann = newUser();
        for (int i = 0; i < 6; i++) {
            call(hub, ann);
        }
        var refused = hub.post(asUser(hub, ann, "/api/integrations"), """
                {"action": "connect", "service": "testcal", "credentials": {"username": "u", "password": "p"}}""");
        assertThat(refused.statusCode()).isEqualTo(429);
    }

    @Test
    void wrongTokensAreLimitedByAddressAndRightOnesFromThereAreNot() {
        var refusals = meters.counter("hub.limits.refused", "policy", "wrong-tokens");
        double before = refusals.count();
        for (int i = 0; i < 4; i++) {
            assertThat(hub.send(hub.to("/api/integrations").header("Authorization", "Bearer guess-" + i))
                            .statusCode())
                    .isEqualTo(401);
        }
        var refused = hub.send(hub.to("/api/integrations").header("Authorization", "Bearer guess"));
        HubCalls.problem(refused, 429);
        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(other.send(other.to("/api/integrations").header("Authorization", "Bearer guess"))
                        .statusCode())
                .isEqualTo(429);
        assertThat(refusals.count()).isEqualTo(before + 1);
        assertThat(call(hub, newUser()).statusCode()).isEqualTo(200);
        assertThat(hub.send(hub.to("/api/integrations")).statusCode())
                .as("no token is no wrong token")
                .isEqualTo(401);

        LimitedHub.CLOCK.move(Duration.ofSeconds(1));
        assertThat(hub.send(hub.to("/api/integrations").header("Authorization", "Bearer guess"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void webhooksAndFilesAreNotCounted() {
        for (int i = 0; i < 30; i++) {
            var webhook = hub.send(hub.to("/api/webhooks/nobody").POST(BodyPublishers.ofString("{}")));
            assertThat(webhook.statusCode()).isEqualTo(404);
            assertThat(webhook.headers().firstValue("RateLimit")).isEmpty();
            var file = hub.send(hub.to("/assets/app.css"));
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("RateLimit")).isEmpty();
        }
    }

    @Test
    void pagesHaveALimitThatIsToldAsAPage() {
        var person = new HubCalls(port);
        signIn(person);
        HttpResponse<String> last = null;
        for (int i = 0; i < 25; i++) {
            last = person.send(person.to("/activity").header("Accept", "text/html"));
            if (last.statusCode() == 429) {
                break;
            }
            assertThat(last.statusCode()).isEqualTo(200);
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(header(last, "Retry-After")).isEqualTo("1");
        assertThat(last.body()).contains("Too many requests", "<html");
        assertThat(person.send(person.to("/assets/app.css")).statusCode()).isEqualTo(200);
        assertThat(call(hub, RunningHub.USER).statusCode())
                .as("pages and calls are counted apart")
                .isEqualTo(200);

        LimitedHub.CLOCK.move(Duration.ofSeconds(1));
        assertThat(person.send(person.to("/activity").header("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(200);
    }

    private void signIn(HubCalls person) {
        var page =
                person.send(person.to("/login").header("Accept", "text/html")).body();
        var csrf = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(csrf.find()).isTrue();
        var in = person.send(person.to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "username=admin&password=" + RunningHub.ADMIN_PASSWORD + "&_csrf=" + csrf.group(1))));
        assertThat(in.headers().firstValue("Location").orElseThrow()).endsWith("/integrations");
    }

    private UUID newUser() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'UTC')")
                .params(id, id + "@example.org")
                .update();
        return id;
    }

    private static HttpResponse<String> call(HubCalls at, UUID user) {
        return at.send(asUser(at, user, "/api/integrations"));
    }

    private static HttpRequest.Builder asUser(HubCalls at, UUID user, String path) {
        return at.to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", user.toString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }
}
