package io.dayflow.hub.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.endpoint.KeepEndpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/**
 * Every endpoint of a running hub, asked by every kind of caller. {@code routes-table.txt} says what each gets; an endpoint
 * that has no row there fails this test, and so does a row whose endpoint is gone. Ids in requests are those of real objects
 * of the user, so that another user's 404 is not the 404 of an id that nobody has; and nobody but the user and the operator
 * leaves a change in what belongs to the user, whatever the answer.
 */
@RunningHub
@ActiveProfiles("sandbox")
@Import(FakeEngine.class)
@TestPropertySource(
        properties = {
            "camel.main.auto-startup=false",
            // whoever asks signs in often here, also wrongly
            "hub.sign-in.throttle.attempts=1000",
            "hub.sign-in.throttle.address-attempts=1000"
        })
class RoutesTableIT {

    private static final Path TABLE = Path.of("src/test/resources/routes-table.txt");
    /** They end the session that they are asked in. */
    private static final Set<String> ENDING =
            Set.of("/logout", "/actuator/hawtio/auth/logout", "/actuator/hawtio/auth/login");

    @Autowired
    ApplicationContext hub;

    @Autowired
    CamelContext camel;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MakeToken make;

    @Autowired
    KeepEndpoints endpoints;

    @LocalServerPort
    int port;

    private static List<RouteRow> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(RouteRow::parse)
                .toList();
    }

    @Test
    void everyEndpointHasItsRowAndEveryRowItsEndpoint() throws Exception {
        startWebhooks();
        var known = rows().stream()
                .filter(row -> !row.method().startsWith("+"))
                .map(RouteRow::endpoint)
                .collect(Collectors.toCollection(TreeSet::new));
        var found = Endpoints.of(hub);

        assertThat(found)
                .as("an endpoint has no row, or a row no endpoint: say in %s who gets what there", TABLE)
                .isEqualTo(known);
    }

    @Test
    void everyCallerGetsWhatTheTableSays() throws Exception {
        startWebhooks();
        var callers = callers();
        var wrong = new LinkedHashMap<String, String>();
        for (var row : rows()) {
            var outcomes = new ArrayList<String>();
            var left = new ArrayList<String>();
            var objects = callers.objects(row.example());
            var before = callers.fingerprint();
            for (var caller : List.of("none", "wrong", "expired", "other")) {
                outcomes.add(callers.ask(row, caller, objects));
                if (!callers.fingerprint().equals(before)) {
                    left.add(caller);
                }
            }
            var user = callers.ask(row, "user", objects);
            var operator = callers.ask(row, "operator", callers.objects(row.example()));
            var inOrder = List.of(outcomes.get(0), user, outcomes.get(3), operator, outcomes.get(1), outcomes.get(2));
            if (!inOrder.equals(row.expected()) || !left.isEmpty()) {
                wrong.put(row.line(inOrder), left.isEmpty() ? "" : " changed something by " + left);
            }
            if (ENDING.contains(row.path())) {
                RouteRow.CALLERS.forEach(callers::enter);
            }
        }
        assertThat(wrong)
                .as(
                        "who gets what is other than %s says; as it is now:%n%s%n",
                        TABLE,
                        wrong.entrySet().stream()
                                .map(one -> one.getKey() + one.getValue())
                                .collect(Collectors.joining("\n")))
                .isEmpty();
    }

    @Test
    void tokensOpenNoPage() throws Exception {
        startWebhooks();
        var callers = callers();
        var wrong = new ArrayList<String>();
        for (var row :
                rows().stream().filter(row -> !row.isRest() && !row.isConsole()).toList()) {
            var objects = callers.objects(row.example());
            var before = callers.fingerprint();
            for (var token : List.of("operator", "service")) {
                var outcome = callers.askByToken(row, token, objects);
                if (!outcome.equals(row.expected().getFirst())) {
                    wrong.add(row.endpoint() + " by the token of " + token + ": " + outcome);
                }
            }
            if (!callers.fingerprint().equals(before)) {
                wrong.add(row.endpoint() + " changed something");
            }
        }
        assertThat(wrong).as("got by a token, which is no proof there").isEmpty();
    }

    @Test
    void tokensGetFromTheConsoleWhatSessionsGetAndTheServiceTokenNothing() throws Exception {
        startWebhooks();
        var callers = callers();
        var wrong = new ArrayList<String>();
        for (var row : rows().stream().filter(RouteRow::isConsole).toList()) {
            var objects = callers.objects(row.example());
            for (var token : List.of("user", "other", "operator", "wrong", "expired", "service")) {
                int column = RouteRow.CALLERS.indexOf(token);
                var ofSession = row.expected().get(Math.max(column, 0));
                var expected = ofSession.equals("login") ? "401" : ofSession;
                var outcome = callers.askByToken(row, token, objects);
                if (!outcome.equals(expected)) {
                    wrong.add("%s by the token of %s: %s, not %s".formatted(row.endpoint(), token, outcome, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void sessionsGetFromRestWhatTokensGet() throws Exception {
        startWebhooks();
        var callers = callers();
        var wrong = new ArrayList<String>();
        for (var row : rows().stream().filter(RouteRow::isRest).toList()) {
            var objects = callers.objects(row.example());
            var before = callers.fingerprint();
            var outcomes = new LinkedHashMap<String, String>();
            for (var caller : List.of("none", "wrong", "expired", "other")) {
                outcomes.put(caller, callers.askBySession(row, caller, objects, true));
            }
            if (!row.isReading()) {
                for (var caller : List.of("user", "other", "operator")) {
                    outcomes.put(caller + " without CSRF", callers.askBySession(row, caller, objects, false));
                }
            }
            if (!callers.fingerprint().equals(before)) {
                wrong.add(row.endpoint() + " changed something");
            }
            outcomes.put("user", callers.askBySession(row, "user", objects, true));
            outcomes.put("operator", callers.askBySession(row, "operator", callers.objects(row.example()), true));
            outcomes.forEach((caller, outcome) -> {
                int column = RouteRow.CALLERS.indexOf(caller);
                var expected = column < 0 ? "403" : row.expected().get(column);
                if (!outcome.equals(expected)) {
                    wrong.add("%s by a session, %s: %s, not %s".formatted(row.endpoint(), caller, outcome, expected));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private RouteCallers callers() {
        return new RouteCallers(URI.create("http://127.0.0.1:" + port), jdbc, make, endpoints);
    }

    private void startWebhooks() throws Exception {
        for (var route : camel.getRoutes()) {
            if (route.getEndpoint().getEndpointUri().startsWith("platform-http:")) {
                camel.getRouteController().startRoute(route.getRouteId());
            }
        }
    }
}
