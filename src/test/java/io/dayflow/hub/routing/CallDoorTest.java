package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.answer;
import static io.dayflow.hub.routing.CallDoorContext.call;
import static io.dayflow.hub.routing.CallDoorContext.connection;
import static io.dayflow.hub.routing.CallDoorContext.exchange;
import static io.dayflow.hub.routing.CallDoorContext.fault;
import static io.dayflow.hub.routing.MisbehavingServer.gzipped;
import static io.dayflow.hub.routing.MisbehavingServer.status;
import static io.dayflow.hub.routing.MisbehavingServer.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.security.Secret;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;

class CallDoorTest extends AtTheDoor {

    @Test
    void methodsPathsHeadersAndBodiesArriveAsGiven() throws Exception {
        server.script("/b%20%C3%A9%40x%2B1.ics", with(207, "<ök/>", "X-One", "1", "X-One", "2", "ETag", "\"a[1,2]\""));
        String body = "<propfind>é</propfind>";
        for (String method : new String[] {"PROPFIND", "REPORT", "MKCALENDAR", "PUT", "PATCH"}) {
            var sent = new Call(
                    method,
                    server.uri("/b%20%C3%A9%40x%2B1.ics?a=%2F&b=x+y"),
                    Map.of("Depth", "1", "Content-Type", "text/xml; charset=utf-8", "If-Match", "\"e\"", "Date", "now"),
                    body,
                    Set.of(),
                    true);
            Answer answer = answer(template, connection, sent);
            assertThat(answer.status()).isEqualTo(207);
            assertThat(answer.text()).isEqualTo("<ök/>");
            assertThat(answer.header("X-ONE")).isEqualTo("1, 2");
            assertThat(answer.header("etag")).isEqualTo("\"a[1,2]\"");
            var seen = server.seen.getLast();
            assertThat(seen.method()).isEqualTo(method);
            assertThat(seen.target()).isEqualTo("/b%20%C3%A9%40x%2B1.ics?a=%2F&b=x+y");
            assertThat(seen.body()).isEqualTo(body);
            assertThat(seen.headers())
                    .containsEntry("Depth", "1")
                    .containsEntry("Content-Type", "text/xml; charset=utf-8")
                    .containsEntry("If-Match", "\"e\"")
                    .doesNotContainKeys("X-Of-The-Caller", "hub-departure", "Cookie");
            assertThat(seen.headers().get("User-Agent")).startsWith("DayFlow-Hub/");
        }
    }

    @Test
    void credentialsAreAddedBelowTheRouteAndLeaveNoTraceInTheExchange() throws Exception {
        server.script("/", status(200, "Set-Cookie", "a=b"));
        stored.now.put(connection.id(), new Credential.Basic("alice", Secret.of("stored")));
        trial.put(connection.id(), new Credential.Basic("alice", Secret.of("sécret")));
        Exchange exchange = exchange(template, connection, call("GET", server.uri("/"), true));
        trial.remove(connection.id());
        answer(template, connection, call("GET", server.uri("/"), true));

        assertThat(server.seen.get(0).headers()).containsEntry("Authorization", "Basic YWxpY2U6c8OpY3JldA==");
        assertThat(server.seen.get(1).headers()).containsEntry("Authorization", "Basic YWxpY2U6c3RvcmVk");
        assertThat(server.seen.get(1).headers()).doesNotContainKey("Cookie");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(exchange.getVariables()).containsOnlyKeys("connection");
        assertThat(exchange.getAllProperties().toString()).doesNotContain("cret", "YWxp");
    }

    @Test
    void credentialsStayWithTheConnectionsOwnHostAndPort() throws Exception {
        try (var elsewhere = new MisbehavingServer()) {
            elsewhere.script("/x", status(200));
            server.script("/away", status(302, "Location", elsewhere.uri("/x").toString()));
            stored.now.put(connection.id(), new Credential.Bearer(Secret.of("t")));
            Answer answer = answer(template, connection, call("PROPFIND", server.uri("/away"), true));
            assertThat(answer.uri()).isEqualTo(elsewhere.uri("/x"));
            assertThat(server.seen.getFirst().headers()).containsEntry("Authorization", "Bearer t");
            assertThat(elsewhere.seen.getFirst().headers()).doesNotContainKey("Authorization");

            Fault fault = fault(template, connection, call("PUT", server.uri("/away"), true));
            assertThat(fault).isInstanceOf(Fault.Rejected.class);
            assertThat(elsewhere.seen).hasSize(1);
        }
    }

    @Test
    void redirectsKeepMethodAndBodyAndEndAfterFive() throws Exception {
        int[] statuses = {301, 302, 307, 308, 301};
        for (int i = 0; i < statuses.length; i++) {
            server.script("/hop" + i, status(statuses[i], "Location", "hop" + (i + 1)));
        }
        server.script("/hop5", with(207, "<ok/>"));
        var report = new Call("REPORT", server.uri("/hop0"), Map.of(), "<r/>", Set.of(), true);
        Answer answer = answer(template, connection, report);
        assertThat(answer.uri()).isEqualTo(server.uri("/hop5"));
        assertThat(server.seen)
                .hasSize(6)
                .allMatch(s -> s.method().equals("REPORT") && s.body().equals("<r/>"));

        server.script("/hop5", status(301, "Location", "/hop0"));
        assertThat(fault(template, connection, report)).isInstanceOf(Fault.Unreadable.class);
        server.script("/see", status(303, "Location", "/hop5"));
        assertThat(fault(template, connection, call("PUT", server.uri("/see"), true)))
                .isInstanceOf(Fault.Unreadable.class);
    }

    @Test
    void anExpectedStatusIsAnAnswer() throws Exception {
        server.script("/a", status(412));
        var put = new Call("PUT", server.uri("/a"), Map.of("If-Match", "\"x\""), "b", Set.of(412), true);
        assertThat(answer(template, connection, put).status()).isEqualTo(412);
        assertThat(server.seen).hasSize(1);

        server.script("/b", status(301, "Location", "/a"));
        var get = new Call("GET", server.uri("/b"), Map.of(), null, Set.of(301), true);
        assertThat(answer(template, connection, get).header("Location")).isEqualTo("/a");
    }

    @Test
    void compressedAnswersAreReadAndLimitedAfterDecompression() throws Exception {
        server.script("/a", gzipped("é".repeat(10_000)));
        assertThat(answer(template, connection, call("GET", server.uri("/a"), true))
                        .text())
                .isEqualTo("é".repeat(10_000));
        server.script("/bomb", gzipped("0".repeat(4_000_000)));
        assertThat(fault(template, connection, call("GET", server.uri("/bomb"), true)))
                .isInstanceOf(Fault.Rejected.class);
    }

    @Test
    void theLogHasOneLinePerRequestAndShowsNoCredentialQueryOrBody(CapturedOutput output) throws Exception {
        server.script("/calendars/alice", with(207, "answered-body", "X-Answer", "answered-header"));
        stored.now.put(connection.id(), new Credential.Bearer(Secret.of("hushhush")));
        var report =
                new Call("REPORT", server.uri("/calendars/alice?key=hushquery"), Map.of(), "hushbody", Set.of(), true);
        answer(template, connection, report);
        server.script("/calendars/alice", status(400));
        fault(template, connection, report);
        assertThat(output.getAll())
                .contains("REPORT 127.0.0.1/calendars/alice 207")
                .contains("connection " + connection.id())
                .doesNotContain("hushhush", "hushquery", "hushbody", "answered-body", "answered-header");
    }

    @Test
    void aRefusedCredentialIsRefreshedOnce() throws Exception {
        stored.now.put(connection.id(), new Credential.Bearer(Secret.of("old")));
        stored.fresh.put(connection.id(), new Credential.Bearer(Secret.of("new")));
        server.script("/a", status(401), status(200));
        answer(template, connection, call("POST", server.uri("/a"), false));
        assertThat(server.seen.get(1).headers()).containsEntry("Authorization", "Bearer new");

        server.script("/b", status(401));
        int before = stored.refreshes.get();
        assertThat(fault(template, connection, call("GET", server.uri("/b"), true)))
                .isInstanceOf(Fault.NeedsReconnect.class);
        assertThat(stored.refreshes.get() - before).isEqualTo(1);
        assertThat(server.seen("/b")).hasSize(2);
    }
}
