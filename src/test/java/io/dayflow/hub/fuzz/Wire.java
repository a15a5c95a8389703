package io.dayflow.hub.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection that is kept open, and sends whatever it is given: a client that knows better would not. Not thread-safe. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE = 60_000;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Wire(int port) {
        this.port = port;
    }

    /** @param type the content type; empty where there is none */
    record Answer(int status, String type, String body) {}

    /** A server may close a connection while a body that it does not want still comes: then it is asked again. */
    Answer send(Input input) throws IOException {
        try {
            return once(input);
        } catch (IOException closed) {
            close();
            return once(input);
        }
    }

    private Answer once(Input input) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(input.bytes("127.0.0.1:" + port));
        return read(Objects.requireNonNull(in), input.method());
    }

    private Answer read(InputStream from, String method) throws IOException {
        String[] first = line(from).split(" ", 3);
        int status = Integer.parseInt(first[1]);
        String type = "";
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String line = line(from); !line.isEmpty(); line = line(from)) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (name) {
                case "content-type" -> type = value;
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equals("chunked");
                case "connection" -> last = value.equals("close");
                default -> {}
            }
        }
        byte[] body =
                method.equals("HEAD") || status == 204 ? new byte[0] : chunked ? chunks(from) : whole(from, length);
        if (last) {
            close();
        }
        return new Answer(status, type, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream from) throws IOException {
        var body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(from), 16); length > 0; length = Integer.parseInt(line(from), 16)) {
            body.writeBytes(whole(from, length));
            line(from);
        }
        line(from);
        return body.toByteArray();
    }

    private static byte[] whole(InputStream from, int length) throws IOException {
        byte[] bytes = from.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer was cut off");
        }
        return bytes;
    }

    private static String line(InputStream from) throws IOException {
        var line = new ByteArrayOutputStream(64);
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new EOFException("no answer");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyGone) {
            // nothing is left to close
        } finally {
            socket = null;
        }
    }
}
