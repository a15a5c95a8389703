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
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import org.junit.jupiter.api.Test;

class CallDoorFaultsTest extends AtTheDoor {

    @Test
    void aTransientFaultIsRepeatedIfTheCallMayBe() throws Exception {
        server.script("/a", status(500), hangUp(), status(204));
        assertThat(answer(template, connection, call("PUT", server.uri("/a"), true))
                        .status())
                .isEqualTo(204);
        assertThat(server.seen).hasSize(3);

        server.script("/b", status(500), status(200));
        assertThat(fault(template, connection, call("POST", server.uri("/b"), false)))
                .isInstanceOf(Fault.Transient.class);
        assertThat(server.seen("/b")).hasSize(1);
    }

    @Test
    void attemptsEndAfterThree() {
        server.script("/a", status(502));
        assertThat(fault(template, connection, call("GET", server.uri("/a"), true)))
                .isInstanceOf(Fault.Transient.class);
        assertThat(server.seen("/a")).hasSize(3);
    }

    @Test
    void aRefusedConnectionIsRepeatedEvenForACreate() throws Exception {
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
    void httpsMeansTlsAndItsFailureIsToldInPlainWords() throws Exception {
        var first = new AtomicInteger();
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (var peer = socket.accept()) {
                        first.set(peer.getInputStream().read());
                        peer.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    } catch (IOException e) {
                        // the next client, if there is one
                    }
                }
            });
            URI secure = URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/a");
            Fault fault = fault(template, connection("caldav", secure), call("POST", secure, false));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.message()).contains("secure connection");
            assertThat(first).as("a TLS handshake record").hasValue(22);
        }
    }

    @Test
    void aShortRetryAfterIsWaitedFor() throws Exception {
        server.script("/a", status(429, "Retry-After", "1"), status(200));
        answer(template, connection, call("GET", server.uri("/a"), true));
        assertThat(Duration.ofNanos(
                        server.seen.get(1).nanos() - server.seen.get(0).nanos()))
                .isBetween(Duration.ofMillis(1_000), Duration.ofSeconds(3));
    }

    @Test
    void aLongRetryAfterGoesToTheCallerAndHoldsBackLaterCalls() {
        Instant then = Instant.now().plusSeconds(3_600);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atOffset(ZoneOffset.UTC));
        server.script("/a", status(503, "Retry-After", date));
        Fault fault = fault(template, connection, call("GET", server.uri("/a"), true));
        assertThat(fault)
                .isInstanceOfSatisfying(
                        Fault.RateLimited.class,
                        limited -> assertThat(limited.until()).isBetween(then.minusSeconds(2), then.plusSeconds(1)));
        assertThat(fault(template, connection, call("GET", server.uri("/b"), true)))
                .isInstanceOf(Fault.RateLimited.class);
        assertThat(server.seen).hasSize(1);
    }

    @Test
    void aConnectionAtItsLimitDoesNotHoldUpAnother() throws Exception {
        server.script("/a", status(200));
        var busy = connection("bursty", server.uri("/"));
        var waiting = Thread.ofVirtual().start(() -> inParallel(9, busy, "/a"));
        await().until(() -> server.seen("/a").size() >= 3);
        answer(template, connection("bursty", server.uri("/")), call("GET", server.uri("/a?other"), true));
        assertThat(server.seen("/a")).as("those that still wait").hasSizeLessThan(9);
        waiting.join();
    }

    @Test
    void slowDrippingCutAndHugeAnswersEndInTime() {
        server.script("/slow", after(10_000, status(200)));
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
    void aHostThatKeepsFailingIsLeftAloneForOneConnectionAndTriedAgainLater() throws Exception {
        server.script("/a", status(500));
        server.script("/ok", status(200));
        long start = 0;
        for (int i = 0; i < 4; i++) {
            start = System.nanoTime();
            assertThat(fault(template, connection, call("POST", server.uri("/a"), false)))
                    .isInstanceOf(Fault.Transient.class);
        }
        assertThat(meters.get("hub.circuits.open").gauge().value()).isPositive();
        answer(template, connection("caldav", server.uri("/")), call("GET", server.uri("/ok"), true));
        assertThat(server.seen("/ok")).hasSize(1);

        answer(template, connection, call("POST", server.uri("/ok"), false));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_490));
    }

    @Test
    void theCallersOwnErrorHandlingSeesTheFault() {
        server.script("/a", status(500));
        Exchange exchange = ExchangeBuilder.anExchange(template.getCamelContext())
                .withBody(call("GET", server.uri("/a"), true))
                .build();
        exchange.setVariable("connection", connection);
        Exchange result = template.send("direct:caller-with-policy", exchange);
        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("handled transient");
        assertThat(server.seen("/a")).hasSize(3);
    }

    @Test
    void aCallerThatRepeatsItselfCountsItsOwnRepeats() {
        server.script("/a", status(404));
        Exchange exchange = ExchangeBuilder.anExchange(template.getCamelContext())
                .withBody(call("GET", server.uri("/a"), true))
                .build();
        exchange.setVariable("connection", connection);
        Exchange result = template.send("direct:caller-that-repeats", exchange);
        assertThat(result.getException()).hasMessageContaining("404");
        assertThat(server.seen("/a")).hasSize(3);
    }

    @Test
    void concurrencyAndRateAreKeptPerConnection() throws Exception {
        server.script("/a", after(30, status(200)));
        var single = connection("single", server.uri("/"));
        inParallel(12, single, "/a");
        // two, but the server sees the end of each a moment after its caller does
        assertThat(server.mostUnderWay.get()).isBetween(2, 4);

        server.script("/b", status(200));
        long start = System.nanoTime();
        inParallel(7, connection("bursty", server.uri("/")), "/b");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
    }

    private void inParallel(int calls, ConnectionRef by, String path) {
        var threads = IntStream.range(0, calls)
                .mapToObj(i ->
                        Thread.ofVirtual().start(() -> exchange(template, by, call("GET", server.uri(path), true))))
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
