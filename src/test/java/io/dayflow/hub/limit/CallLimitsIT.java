package io.dayflow.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.people.MakeToken;
import io.dayflow.hub.people.TokenScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/** Calls over HTTP to two hubs that share a database. */
@LimitedHub
class CallLimitsIT {

    /** The other hub. */
    @LimitedHub
    @TestPropertySource(properties = "hub.of-the-tests=other")
    static final class Other {}

    private static final String PASSWORD = "a-sentence-of-the-tests";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    @Autowired
    MakeToken make;

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
        assertThat(header(refused, "RateLimit")).isEqualTo("\"wrong-tokens\";r=0;t=1");
        assertThat(header(refused, "RateLimit-Policy"))
                .isEqualTo("\"wrong-tokens\";q=4;w=4, \"wrong-tokens-hour\";q=3600;w=3600");
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

    @ParameterizedTest
    @CsvSource({
        "read, POST, /api/integrations/sync, , 403",
        "read write, POST, /api/integrations/tokens, , 403",
        "read write, GET, /api/integrations/accounts, , 403",
        "read, GET, /api/integrations, other, 403",
        "read, GET, /api/integrations, nobody, 403",
        "operator, GET, /api/integrations, nobody, 403",
        "operator, GET, /api/integrations, no-id, 400"
    })
    void refusedCallsOfATokenCount(String scopes, String method, String path, String named, int status) {
        var ann = newUser();
        var token = token(ann, scopes);
        var id = named == null
                ? null
                : switch (named) {
                    case "other" -> newUser().toString();
                    case "nobody" -> UUID.randomUUID().toString();
                    default -> named;
                };
        for (int left = 2; left >= 0; left--) {
            var refused = withToken(token, method, path, id);
            HubCalls.problem(refused, status);
            assertThat(header(refused, "RateLimit")).startsWith("\"token\";r=" + left + ";");
            assertThat(header(refused, "RateLimit-Policy")).contains("\"token\";q=3", "\"user\";q=6");
        }
        var tooMany = withToken(token, method, path, id);
        assertThat(HubCalls.problem(tooMany, 429).path("detail").asText()).contains("this token");
        assertThat(header(tooMany, "Retry-After")).isEqualTo("1");
        assertThat(withToken(token, "GET", "/api/integrations", null).statusCode())
                .as("calls that may be made are counted with them")
                .isEqualTo(429);
    }

    @Test
    void callsOfTheBackendForNobodyCount() {
        var refused = call(hub, UUID.randomUUID());
        HubCalls.problem(refused, 403);
        assertThat(header(refused, "RateLimit-Policy"))
                .isEqualTo("\"service\";q=1000;w=1, \"service-hour\";q=1200000;w=3600");
    }

    @ParameterizedTest
    @CsvSource({"POST, /integrations/demo", "POST, /logout", "GET, /operations/accounts"})
    void refusedPagesCount(String method, String path) {
        var person = new HubCalls(port);
        signIn(person, account(newUser()), PASSWORD);
        int refused = 0;
        for (int i = 0; i < 25; i++) {
            var answer =
                    person.send(person.to(path).header("Accept", "text/html").method(method, BodyPublishers.noBody()));
            if (answer.statusCode() == 429) {
                break;
            }
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(header(answer, "RateLimit")).startsWith("\"pages\"");
            refused++;
        }
        assertThat(refused).isBetween(10, 20);
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
        signIn(person, "admin", RunningHub.ADMIN_PASSWORD);
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

    private void signIn(HubCalls person, String name, String password) {
        var page =
                person.send(person.to("/login").header("Accept", "text/html")).body();
        var csrf = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(csrf.find()).isTrue();
        var in = person.send(person.to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "username=" + name + "&password=" + password + "&_csrf=" + csrf.group(1))));
        assertThat(in.headers().firstValue("Location").orElseThrow()).endsWith("/integrations");
    }

    /** Of a user who may sign in; the name. */
    private String account(UUID user) {
        jdbc.sql("insert into hub.account (id, name, user_id, role, password_hash, created_at)"
                        + " values (?, ?, ?, 'user', ?, now())")
                .params(
                        UUID.randomUUID(),
                        user.toString(),
                        user,
                        "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD))
                .update();
        return user.toString();
    }

    private String token(UUID user, String scopes) {
        var all = scopes.equals("operator") ? "read write operator" : scopes;
        var account = UUID.randomUUID();
        jdbc.sql("insert into hub.account (id, name, user_id, role, created_at) values (?, ?, ?, ?, now())")
                .params(account, account.toString(), user, scopes.equals("operator") ? "operator" : "user")
                .update();
        var wanted = new MakeToken.Wanted(
                "A script",
                Stream.of(all.split(" "))
                        .map(scope -> TokenScope.valueOf(scope.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                LimitedHub.CLOCK.instant().plus(Duration.ofDays(1)));
        return make.make(user, account, wanted).token();
    }

    private HttpResponse<String> withToken(String token, String method, String path, @Nullable String named) {
        var request = hub.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        return hub.send(named == null ? request : request.header("X-User-Id", named));
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
