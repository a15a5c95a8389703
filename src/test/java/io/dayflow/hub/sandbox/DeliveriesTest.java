package io.dayflow.hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.dayflow.hub.sandbox.Deliveries.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events on their way to the hub, in order and otherwise. */
class DeliveriesTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final FaultPlan faults = new FaultPlan();
    private HttpServer server;
    private Deliveries deliveries;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var id = exchange.getRequestHeaders().getFirst("X-Id");
            received.add(id + ":" + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
        var target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        deliveries = new Deliveries(() -> target, faults, Duration.ofMillis(50), 2);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theyArriveInOrder() {
        deliveries.send("a", events(50));
        await().untilAsserted(() -> assertThat(received).hasSize(50));
        assertThat(received)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> i + ":e" + i).toList());
    }

    @Test
    void oneThatIsNotTakenComesAgainAndIsGivenUpInTheEnd() {
        refusals.set(2);
        deliveries.send("a", events(1));
        await().untilAsserted(() -> assertThat(received).containsExactly("0:e0", "0:e0", "0:e0"));
        refusals.set(100);
        received.clear();
        deliveries.send("a", events(1));
        await().untilAsserted(() -> assertThat(received).hasSize(3));
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(received).hasSize(3));
    }

    @Test
    void onRequestTheyAreDroppedDoubledAndOvertakeEachOther() {
        faults.set(new FaultRequest(null, null, 1, null, null, null, null, null, true, null, null, "a").faults());
        deliveries.send("a", events(2));
        await().untilAsserted(() -> assertThat(received).containsExactly("1:e1"));
        received.clear();
        faults.set(new FaultRequest(null, null, null, null, null, null, null, null, null, 2, null, null).faults());
        deliveries.send("a", events(1));
        await().untilAsserted(() -> assertThat(received).containsExactly("0:e0", "0:e0", "0:e0"));
        received.clear();
        faults.set(new FaultRequest(null, null, null, null, null, null, null, null, null, null, true, null).faults());
        deliveries.send("a", events(3));
        await().untilAsserted(() -> assertThat(received).containsExactly("2:e2", "1:e1", "0:e0"));
    }

    private static List<Delivery> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new Delivery(("e" + i).getBytes(StandardCharsets.UTF_8), Map.of("X-Id", String.valueOf(i))))
                .toList();
    }
}
