package io.dayflow.hub.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Sends prepared HTTP/1.1 requests over one kept connection and reads the status of each answer: a client that costs next to
 * nothing, so that a measurement is about the server. Used by one thread.
 */
public final class RawSender implements AutoCloseable {

    private final URI server;
    private Socket socket;
    private InputStream in;

    public RawSender(URI server) {
        this.server = server;
        try {
            socket = connect(server);
            in = new BufferedInputStream(socket.getInputStream(), 8192);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** The status of the answer, which must tell its length. A server that ends the connection in order is connected anew. */
    public int send(byte[] request) {
        try {
            socket.getOutputStream().write(request);
            String status = line();
            int length = 0;
            boolean ends = false;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
                ends |= line.equalsIgnoreCase("Connection: close");
            }
            in.skipNBytes(length);
            if (ends) {
                socket.close();
                socket = connect(server);
                in = new BufferedInputStream(socket.getInputStream(), 8192);
            }
            return Integer.parseInt(status.substring(9, 12));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        byte[] line = new byte[512];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            if (next != '\r' && length < line.length) {
                line[length++] = (byte) next;
            }
        }
        return new String(line, 0, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
