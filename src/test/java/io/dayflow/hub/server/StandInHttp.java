package io.dayflow.hub.server;

import io.dayflow.hub.sandbox.caldav.StandInReply;
import io.dayflow.hub.sandbox.caldav.StandInRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on a loopback port, just enough for one test: keep-alive, bodies by length or in chunks, and connections that can
 * be cut anywhere. One virtual thread per connection.
 */
final class StandInHttp implements AutoCloseable {

    private final Function<StandInRequest, StandInReply> handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listener;
    private int port;

    StandInHttp(Function<StandInRequest, StandInReply> handler) {
        this.handler = handler;
    }

    /** Listens, at first on a random port and after a {@link #close()} on the same one. */
    synchronized void start() {
        if (listener != null) {
            return;
        }
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            port = socket.getLocalPort();
            listener = socket;
            // A platform thread: closing wakes it at once, where a virtual one may still accept a connection.
            Thread.ofPlatform().daemon().name("stand-in").start(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int port() {
        return port;
    }

    /** Refuses new connections and closes the open ones. */
    @Override
    public synchronized void close() {
        ServerSocket socket = listener;
        listener = null;
        if (socket != null) {
            quietly(socket);
        }
        open.forEach(StandInHttp::quietly);
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                serveUnlessClosed(from, from.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private synchronized void serveUnlessClosed(ServerSocket from, Socket socket) {
        if (listener == from) {
            open.add(socket);
            Thread.ofVirtual().start(() -> serve(socket));
        } else {
            quietly(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 14);
            boolean more = true;
            while (more) {
                StandInRequest request = read(in, out);
                more = request != null && answer(socket, out, request);
            }
        } catch (IOException gone) {
            // the client closed the connection, or close() did
        } finally {
            open.remove(socket);
        }
    }

    private boolean answer(Socket socket, OutputStream out, StandInRequest request) throws IOException {
        StandInReply reply = handler.apply(request);
        if (reply.ending() == StandInReply.Ending.NOTHING) {
            socket.setSoLinger(true, 0);
            return false;
        }
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" status\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        boolean bodiless = reply.status() == 204 || reply.status() == 304;
        if (!bodiless) {
            head.append("Content-Length: ").append(reply.body().length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        boolean half = reply.ending() == StandInReply.Ending.HALF;
        if (!bodiless && !request.method().equals("HEAD")) {
            out.write(reply.body(), 0, half ? reply.body().length / 2 : reply.body().length);
        }
        out.flush();
        return !half && !"close".equalsIgnoreCase(request.header("connection"));
    }

    private static @Nullable StandInRequest read(InputStream in, OutputStream out) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ");
        if (parts.length < 2) {
            throw new IOException("not HTTP: " + start);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        Instant at = Instant.now();
        long nanos = System.nanoTime();
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        byte[] body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
                ? chunks(in)
                : exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String target = parts[1].startsWith("http") ? parts[1].replaceFirst("^https?://[^/]+", "") : parts[1];
        return new StandInRequest(
                at,
                nanos,
                parts[0],
                target.split("\\?", 2)[0],
                Map.copyOf(headers),
                new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            int length = size == null ? 0 : Integer.parseInt(size.split(";")[0].strip(), 16);
            all.write(exactly(in, length));
            line(in);
            if (length == 0) {
                return all.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                bytes.write(next);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception closing) {
            // it is to be closed anyway
        }
    }
}
