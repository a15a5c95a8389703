package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.call;
import static io.dayflow.hub.routing.CallDoorContext.connection;
import static io.dayflow.hub.routing.CallDoorContext.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dayflow.hub.provider.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A service whose answer never comes to its body: neither memory nor a worker is held by it. */
class EndlessHeadersTest extends AtTheDoor {

    @Test
    void moreHeadersThanAnyServiceHasAreTooLarge() throws Exception {
        try (var service = new Service("HTTP/1.1 200 OK\r\n", "X-More: more\r\n", 0)) {
            assertThat(fault(template, connection("caldav", service.uri()), call("GET", service.uri(), true)))
                    .isInstanceOfSatisfying(
                            Fault.Rejected.class,
                            rejected -> assertThat(rejected.message()).contains("hub.call.max-answer-size"));
            assertThat(service.sent).hasValueLessThan(64L << 20);
        }
    }

    @Test
    void aHeaderWithoutEndIsTooLarge() throws Exception {
        try (var service = new Service("HTTP/1.1 200 OK\r\nX-Long: ", "more".repeat(1000), 0)) {
            assertThat(fault(template, connection("caldav", service.uri()), call("GET", service.uri(), true)))
                    .isInstanceOf(Fault.Rejected.class);
            assertThat(service.sent).hasValueLessThan(64L << 20);
        }
    }

    @Test
    void headersThatDripAndInterimAnswersWithoutEndAreCutOff() throws Exception {
        for (var piece : new String[] {"X", "HTTP/1.1 102 Processing\r\n\r\n"}) {
            var first = piece.length() == 1 ? "HTTP/1.1 200 OK\r\nX-Slow: " : "";
            try (var service = new Service(first, piece, 20)) {
                long start = System.nanoTime();
                assertThat(fault(template, connection("caldav", service.uri()), call("POST", service.uri(), false)))
                        .as(piece)
                        .isEqualTo(new Fault.Transient("The service did not answer in time (POST)"));
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("hub.call.total-timeout is three seconds here")
                        .isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(20));
            }
        }
    }

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Answers every request with a beginning, and then with the same again and again until nobody listens. */
    private static final class Service implements AutoCloseable {

        final AtomicLong sent = new AtomicLong();
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        Service(String beginning, String piece, long pause) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try {
                        var peer = socket.accept();
                        Thread.ofVirtual().start(() -> answer(peer, beginning, piece, pause));
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        private void answer(Socket peer, String beginning, String piece, long pause) {
            assertThatCode(() -> {
                        try (peer) {
                            peer.getInputStream().read(new byte[4096]);
                            var out = peer.getOutputStream();
                            out.write(line(beginning));
                            while (true) {
                                out.write(line(piece));
                                out.flush();
                                sent.addAndGet(piece.length());
                                TimeUnit.MILLISECONDS.sleep(pause);
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
