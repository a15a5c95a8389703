package io.dayflow.hub.routing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** An HTTP server on loopback that answers each path as its script says, the last answer over and over. */
public final class MisbehavingServer implements AutoCloseable {

    public record Seen(String method, String target, Map<String, String> headers, String body, long nanos) {}

    @FunctionalInterface
    public interface Reply {
        void give(HttpExchange exchange) throws IOException;
    }

    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger underWay = new AtomicInteger();
    public final AtomicInteger mostUnderWay = new AtomicInteger();
    private final Map<String, Queue<Reply>> scripts = new ConcurrentHashMap<>();
    private final HttpServer server;

    public MisbehavingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri(String target) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
    }

    public void script(String path, Reply... replies) {
        scripts.put(path, new ConcurrentLinkedQueue<>(List.of(replies)));
    }

    public static Reply status(int status, String... headers) {
        return with(status, "", headers);
    }

    public static Reply with(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    public static Reply gzipped(String body) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** Breaks the connection instead of answering. */
    public static Reply hangUp() {
        return HttpExchange::close;
    }

    /** Announces more than it sends. */
    public static Reply half() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Sends zeros without announcing how many, until nobody listens. */
    public static Reply flood(long bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[64 * 1024];
            for (long sent = 0; sent < bytes; sent += chunk.length) {
                exchange.getResponseBody().write(chunk);
            }
        };
    }

    /** Sends a byte now and then. */
    public static Reply drip(int bytes, long millis) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes);
            for (int i = 0; i < bytes; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                pause(millis);
            }
        };
    }

    public static Reply after(long millis, Reply reply) {
        return exchange -> {
            pause(millis);
            reply.give(exchange);
        };
    }

    public List<Seen> seen(String path) {
        return seen.stream().filter(s -> s.target().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestURI().toString();
            seen.add(new Seen(exchange.getRequestMethod(), target, headers, body, System.nanoTime()));
            Queue<Reply> script = scripts.get(exchange.getRequestURI().getRawPath());
            Reply reply = script == null ? status(404) : script.size() > 1 ? script.remove() : script.element();
            reply.give(exchange);
        } finally {
            underWay.decrementAndGet();
            exchange.close();
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
