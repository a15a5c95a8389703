package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.answer;
import static io.dayflow.hub.routing.CallDoorContext.call;
import static io.dayflow.hub.routing.CallDoorContext.connection;
import static io.dayflow.hub.routing.CallDoorContext.exchange;
import static io.dayflow.hub.routing.CallDoorContext.fault;
import static io.dayflow.hub.routing.MisbehavingServer.after;
import static io.dayflow.hub.routing.MisbehavingServer.drip;
import static io.dayflow.hub.routing.MisbehavingServer.flood;
import static io.dayflow.hub.routing.MisbehavingServer.half;
import static io.dayflow.hub.routing.MisbehavingServer.hangUp;
import static io.dayflow.hub.routing.MisbehavingServer.status;
import static io.dayflow.hub.routing.MisbehavingServer.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.call.TrialCredentials;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.security.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@SpringBootTest(
        classes = CallDoorContext.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            CallDoorContext.PROPERTIES,
            "hub.security.allow-private-addresses=true",
            "hub.call.response-timeout=400ms",
            "hub.call.total-timeout=1s",
            "hub.call.max-answer-size=1MB",
            "hub.call.circuit.consecutive-faults=4",
            "hub.call.circuit.open-for=600ms",
            "hub.call.longest-wait=2s"
        })
class CallDoorTest {

    @Autowired
    ProducerTemplate template;

    @Autowired
    TrialCredentials trial;

    @Autowired
    CallDoorContext.Stored stored;

    @Autowired
    MeterRegistry meters;

    MisbehavingServer server;
    ConnectionRef connection;

    @BeforeEach
    void start() throws Exception {
        server = new MisbehavingServer();
        connection = connection("caldav", server.uri("/"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void methods_paths_headers_and_bodies_arrive_as_given() throws Exception {
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
    void credentials_are_added_below_the_route_and_leave_no_trace_in_the_exchange() throws Exception {
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
    void credentials_stay_with_the_connections_own_host_and_port() throws Exception {
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
    void redirects_keep_method_and_body_and_end_after_five() throws Exception {
        int[] statuses = {301, 302, 307, 308, 301};
        for (int i = 0; i < statuses.length; i++) {
            server.script("/hop" + i, status(statuses[i], "Location", "hop" + (i + 1)));
        }
        server.script("/hop5", with(207, "<ok/>"));
        var report = new Call("REPORT", server.uri("/hop0"), Map.of(), "<r/>", Set.of(), true);
        Answer answer = answer(template, connection, report);
        assertThat(answer.uri()).isEqualTo(server.uri("/hop5"));
        assertThat(server.seen).hasSize(6).allMatch(s -> s.method().equals("REPORT") && s.body().equals("<r/>"));

        server.script("/hop5", status(301, "Location", "/hop0"));
        assertThat(fault(template, connection, report)).isInstanceOf(Fault.Unreadable.class);
        server.script("/see", status(303, "Location", "/hop5"));
        assertThat(fault(template, connection, call("PUT", server.uri("/see"), true)))
                .isInstanceOf(Fault.Unreadable.class);
    }

    @Test
    void a_transient_fault_is_repeated_if_the_call_may_be() throws Exception {
        server.script("/a", status(500), hangUp(), status(204));
        assertThat(answer(template, connection, call("PUT", server.uri("/a"), true)).status())
                .isEqualTo(204);
        assertThat(server.seen).hasSize(3);

        server.script("/b", status(500), status(200));
        assertThat(fault(template, connection, call("POST", server.uri("/b"), false)))
                .isInstanceOf(Fault.Transient.class);
        assertThat(server.seen("/b")).hasSize(1);
    }

    @Test
    void attempts_end_after_three() {
        server.script("/a", status(502));
        assertThat(fault(template, connection, call("GET", server.uri("/a"), true)))
                .isInstanceOf(Fault.Transient.class);
        assertThat(server.seen("/a")).hasSize(3);
    }

    @Test
    void a_refused_connection_is_repeated_even_for_a_create() throws Exception {
        URI nobody = server.uri("/");
        server.close();
        var before = meters.find("hub.calls").tag("method", "MKCOL").timers().stream()
                .mapToLong(t -> t.count())
                .sum();
        Fault fault = fault(template, connection, call("MKCOL", nobody, false));
        assertThat(fault).isInstanceOf(Fault.Transient.class);
        assertThat(fault.message()).contains("could not be reached").doesNotContain("Exception", "127.0.0.1");
        assertThat(meters.get("hub.calls")
                        .tag("method", "MKCOL")
                        .tag("outcome", "transient")
                        .tag("provider", "caldav")
                        .timer()
                        .count())
                .isEqualTo(before + 3);
    }

    @Test
    void a_short_retry_after_is_waited_for() throws Exception {
        server.script("/a", status(429, "Retry-After", "1"), status(200));
        answer(template, connection, call("GET", server.uri("/a"), true));
        assertThat(Duration.ofNanos(server.seen.get(1).nanos() - server.seen.get(0).nanos()))
                .isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_900));
    }

    @Test
    void a_long_retry_after_goes_to_the_caller_and_holds_back_later_calls() {
        Instant then = Instant.now().plusSeconds(3_600);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atOffset(ZoneOffset.UTC));
        server.script("/a", status(503, "Retry-After", date));
        Fault fault = fault(template, connection, call("GET", server.uri("/a"), true));
        assertThat(fault).isInstanceOfSatisfying(Fault.RateLimited.class, limited -> assertThat(limited.until())
                .isBetween(then.minusSeconds(2), then.plusSeconds(1)));
        assertThat(fault(template, connection, call("GET", server.uri("/b"), true)))
                .isInstanceOf(Fault.RateLimited.class);
        assertThat(server.seen).hasSize(1);
    }

    @Test
    void an_expected_status_is_an_answer() throws Exception {
        server.script("/a", status(412));
        var put = new Call("PUT", server.uri("/a"), Map.of("If-Match", "\"x\""), "b", Set.of(412), true);
        assertThat(answer(template, connection, put).status()).isEqualTo(412);
        assertThat(server.seen).hasSize(1);
    }

    @Test
    void a_refused_credential_is_refreshed_once() throws Exception {
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

    @Test
    void slow_dripping_cut_and_huge_answers_end_in_time() {
        server.script("/slow", after(3_000, status(200)));
        Fault slow = fault(template, connection, call("POST", server.uri("/slow"), false));
        assertThat(slow).isEqualTo(new Fault.Transient("The service did not answer in time (POST)"));

        server.script("/drip", drip(50, 100));
        assertThat(fault(template, connection, call("POST", server.uri("/drip"), false)))
                .isInstanceOf(Fault.Transient.class);

        server.script("/half", half());
        assertThat(fault(template, connection, call("POST", server.uri("/half"), false)))
                .isInstanceOf(Fault.Transient.class);

        server.script("/huge", flood(1L << 40));
        assertThat(fault(template, connection, call("GET", server.uri("/huge"), true)))
                .isInstanceOfSatisfying(
                        Fault.Rejected.class, f -> assertThat(f.message()).contains("hub.call.max-answer-size"));
        assertThat(server.seen("/huge")).hasSize(1);
    }

    @Test
    void a_host_that_keeps_failing_is_left_alone_for_one_connection_and_tried_again_later() throws Exception {
        server.script("/a", status(500));
        server.script("/ok", status(200));
        for (int i = 0; i < 4; i++) {
            assertThat(fault(template, connection, call("POST", server.uri("/a"), false)))
                    .isInstanceOf(Fault.Transient.class);
        }
        assertThat(meters.get("hub.circuits.open").gauge().value()).isPositive();
        assertThat(fault(template, connection, call("POST", server.uri("/a"), false)))
                .isInstanceOf(Fault.Transient.class);
        assertThat(server.seen("/a")).hasSize(5);
    }

    @Test
    void the_callers_own_error_handling_sees_the_fault() {
        server.script("/a", status(500));
        Exchange exchange = ExchangeBuilder.anExchange(template.getCamelContext())
                .withBody(call("GET", server.uri("/a"), true))
                .build();
        exchange.setVariable("connection", connection);
        Exchange result = template.send("direct:caller-with-policy", exchange);
        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("handled transient");
    }

    @Test
    void concurrency_and_rate_are_kept_per_connection() throws Exception {
        server.script("/a", after(30, status(200)));
        var single = connection("single", server.uri("/"));
        inParallel(12, single, "/a");
        assertThat(server.mostUnderWay.get()).isEqualTo(2);

        server.script("/b", status(200));
        long start = System.nanoTime();
        inParallel(7, connection("bursty", server.uri("/")), "/b");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    private void inParallel(int calls, ConnectionRef by, String path) {
        var threads = IntStream.range(0, calls)
                .mapToObj(i -> Thread.ofVirtual().start(() -> exchange(template, by, call("GET", server.uri(path), true))))
                .toList();
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(server.seen(path)).hasSize(calls);
    }
}
