package io.dayflow.hub.api;

import static io.dayflow.hub.HubCalls.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.Secret;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RunningHub
@Import({ApiErrorsIT.Probe.class, FakeEngine.class})
class ApiErrorsIT {

    enum Mode {
        full,
        incremental
    }

    record Inner(String id, boolean selected) {}

    record Body(
            UUID id,
            int count,
            Mode mode,
            Instant at,
            String name,
            List<Inner> collections,
            Map<String, Object> rest,
            Secret token) {
        Body {
            if (count < 0) {
                throw new IllegalArgumentException("must be 0 or more");
            }
        }
    }

    /** A controller that takes what controllers take. */
    @RestController
    static class Probe {

        @PostMapping("/api/probe")
        Body echo(@RequestBody Body body) {
            return body;
        }

        @GetMapping("/api/probe/caller")
        Caller caller(@AuthenticationPrincipal Caller caller) {
            return caller;
        }

        @GetMapping("/api/probe/limit")
        int limit(@RequestParam int limit) {
            return limit;
        }

        @GetMapping("/api/probe/fails/{how}")
        String fail(@PathVariable String how) {
            throw switch (how) {
                case "invalid" ->
                    new InvalidRequest(
                            List.of(new FieldError("a", "must be one"), new FieldError("b.c", "must be two")));
                case "not-found" -> new NotFound("There is no such connection.");
                case "conflict" -> new ConflictingState("The job has ended.");
                case "refused" -> new RefusedByService("invalid_token", "Todoist does not know this token.");
                default -> new IllegalStateException("select secret from java.somewhere");
            };
        }
    }

    @LocalServerPort
    int port;

    private HubCalls hub;

    @BeforeEach
    void connect() {
        hub = new HubCalls(port);
    }

    @Test
    void theCallerReachesTheController() {
        assertThat(hub.send(hub.asUser("/api/probe/caller")).body())
                .isEqualTo("{\"userId\":\"" + RunningHub.USER + "\",\"operator\":true,\"backend\":true}");
    }

    @Test
    void aGoodBodyIsTakenAndASecretDoesNotComeBack() {
        var response = hub.post(hub.asUser("/api/probe"), "{\"count\":1,\"mode\":\"full\",\"token\":\"hunter2\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"token\":\"***\"").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"count\":1,\"cuont\":1}                | cuont                   | known are",
                "{\"collections\":[{\"selected\":true},{\"selected\":true,\"x\":1}]} | collections[1].x        | is not known here",
                "{\"count\":\"1\"}                        | count                   | must be a whole number",
                "{\"count\":1.5}                        | count                   | must be a whole number",
                "{\"count\":null}                       | count                   | must be a whole number",
                "{\"id\":\"x\"}                           | id                      | must be an id (a UUID)",
                "{\"mode\":\"fast\"}                      | mode                    | must be one of full, incremental",
                "{\"mode\":0}                           | mode                    | must be one of full, incremental",
                "{\"at\":\"tomorrow\"}                    | at                      | must be a time such as",
                "{\"name\":5}                           | name                    | must be a text",
                "{\"name\":{}}                          | name                    | must be a text",
                "{\"token\":{}}                         | token                   | must be a text",
                "{\"collections\":{}}                   | collections             | must be a list",
                "{\"collections\":[1]}                  | collections[0]          | must be an object",
                "{\"collections\":[{\"selected\":\"no\"}]}  | collections[0].selected | must be true or false",
                "{\"rest\":[]}                          | rest                    | must be an object",
                "{\"count\":-1}                         |                         | must be 0 or more"
            })
    void aWrongFieldIsNamedWithWhatItTakes(String json, String field, String message) {
        var problem = problem(hub.post(hub.asUser("/api/probe"), json.strip()), 400);

        if (field != null) {
            assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field.strip());
        }
        assertThat(problem.path("detail").asText()).contains(message.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"count\":1}{}",
                "[]",
                "null",
                "{\"count\":1,\"count\":2}",
                "{\"count\":1} x",
                "{'count':1}"
            })
    void whatIsNoJsonObjectIsRefused(String json) {
        assertOfTheBody(hub.post(hub.asUser("/api/probe"), json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\u0000b\"}",
                "{\"rest\":{\"\\u0000\":1}}",
                "{\"name\":\"\\ud83d\"}",
                "{\"name\":\"\\ude00\"}"
            })
    void textThatCannotBeStoredIsRefused(String json) {
        assertOfTheBody(hub.post(hub.asUser("/api/probe"), json));
    }

    @Test
    void invalidUtf8IsRefused() {
        var body = "{\"name\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
        body[9] = (byte) 0xc3;
        body[10] = (byte) 0x28;
        var request = hub.asUser("/api/probe").header("Content-Type", "application/json");

        assertOfTheBody(hub.send(request.POST(BodyPublishers.ofByteArray(body))));
    }

    @Test
    void aCallWithoutItsBodyIsRefused() {
        var request = hub.asUser("/api/probe").header("Content-Type", "application/json");

        assertOfTheBody(hub.send(request.POST(BodyPublishers.noBody())));
    }

    private static void assertOfTheBody(HttpResponse<String> response) {
        var errors = problem(response, 400).path("errors");
        assertThat(errors).as(response.body()).hasSize(1);
        assertThat(errors.at("/0/message").asText()).isNotBlank().doesNotContain("The body");
        assertThat(errors.at("/0/field").asText()).as(response.body()).isEqualTo("body");
    }

    @Test
    void aLargeBodyIsRefusedWithItsLengthAnnouncedOrNot() {
        var json = ("{\"name\":\"" + "x".repeat(1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);

        problem(hub.post(hub.asUser("/api/probe"), new String(json, StandardCharsets.UTF_8)), 413);
        var chunked = hub.asUser("/api/probe").header("Content-Type", "application/json");
        problem(hub.send(chunked.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json)))), 413);
    }

    @Test
    void aBodyJustWithinTheLimitIsTaken() {
        var json = "{\"count\":1,\"name\":\"" + "x".repeat(1024 * 1024 - 40) + "\"}";
        assertThat(hub.post(hub.asUser("/api/probe"), json).statusCode()).isEqualTo(200);
    }

    @Test
    void whatSpringRefusesIsAProblemToo() {
        problem(hub.send(hub.asUser("/api/nothing")), 404);
        problem(hub.send(hub.asUser("/api")), 404);
        var wrongMethod = hub.send(hub.asUser("/api/probe").DELETE());
        problem(wrongMethod, 405);
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
        problem(hub.send(hub.asUser("/api/probe/caller").header("Accept", "text/csv")), 406);
        var xml = hub.asUser("/api/probe").header("Content-Type", "application/xml");
        problem(hub.send(xml.POST(BodyPublishers.ofString("<x/>"))), 415);
        problem(hub.send(hub.asUser("/api/probe//caller")), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PROPFIND", "BREW"})
    void methodsThatNothingHasAreNotAllowed(String method) {
        var call = hub.send(hub.asUser("/api/probe").method(method, BodyPublishers.noBody()));
        problem(call, 405);
        assertThat(call.headers().firstValue("Allow").orElseThrow())
                .contains("GET", "POST", "DELETE")
                .doesNotContain(method);
        var page =
                hub.send(hub.to("/integrations").header("Accept", "text/html").method(method, BodyPublishers.noBody()));
        assertThat(page.statusCode()).isEqualTo(405);
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void parametersAreNamed() {
        assertThat(problem(hub.send(hub.asUser("/api/probe/limit?limit=many")), 400)
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("limit");
        assertThat(problem(hub.send(hub.asUser("/api/probe/limit")), 400)
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("limit");
        problem(hub.send(hub.asUser("/api/probe/limit?limit=%00")), 400);
    }

    @Test
    void theDomainsOwnErrorsHaveTheirStatus() {
        var invalid = problem(hub.send(hub.asUser("/api/probe/fails/invalid")), 400);
        assertThat(invalid.path("errors")).hasSize(2);
        assertThat(invalid.at("/errors/1/field").asText()).isEqualTo("b.c");
        problem(hub.send(hub.asUser("/api/probe/fails/not-found")), 404);
        problem(hub.send(hub.asUser("/api/probe/fails/conflict")), 409);
        var refused = problem(hub.send(hub.asUser("/api/probe/fails/refused")), 422);
        assertThat(refused.path("code").asText()).isEqualTo("invalid_token");
        problem(hub.send(hub.asUser("/api/probe/fails/otherwise")), 500);
    }
}
