package io.dayflow.hub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Xandikos server of its own on a random loopback port, with its data in the given folder. It asks for no password. The
 * home is {@code /alice/calendars/} and holds the calendar {@code calendar/} from the start. {@link #stop()} and
 * {@link #start()} keep port and data.
 */
public final class Xandikos implements AutoCloseable {

    private final int port = ServerProcess.freePort();
    private final ServerProcess process;

    private Xandikos(Path folder) {
        List<String> command = List.of(
                "xandikos",
                "-d",
                folder.resolve("data").toString(),
                "--defaults",
                "--current-user-principal",
                "/alice/",
                "-l",
                "127.0.0.1",
                "-p",
                Integer.toString(port));
        // Its data are git repositories: without an identity of its own it would look for one in the machine's set-up.
        Map<String, String> environment = Map.of(
                "HOME",
                folder.toString(),
                "GIT_AUTHOR_NAME",
                "alice",
                "GIT_AUTHOR_EMAIL",
                "alice@example.test",
                "GIT_COMMITTER_NAME",
                "alice",
                "GIT_COMMITTER_EMAIL",
                "alice@example.test",
                "EMAIL",
                "alice@example.test");
        this.process = new ServerProcess("xandikos", command, environment, folder);
    }

    /** Fails in CI, skips the test elsewhere, when Xandikos is not installed. */
    public static void installed() {
        RealServers.require("xandikos", "xandikos");
    }

    /** A running server on an empty or a formerly used folder. */
    public static Xandikos start(Path folder) {
        installed();
        try {
            Files.createDirectories(folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Xandikos xandikos = new Xandikos(folder);
        xandikos.start();
        return xandikos;
    }

    /** Starts the server and returns when its port answers. */
    public void start() {
        process.start();
        process.awaitPort(port, Duration.ofSeconds(30));
    }

    /** Stops the server; connections are then refused. */
    public void stop() {
        process.stop(Duration.ofSeconds(5));
    }

    /** The server's address, with a slash at its end: what a user types. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The calendar home. */
    public URI home() {
        return baseUrl().resolve("alice/calendars/");
    }

    /** A client; the server takes any credentials. */
    public DavClient client() {
        return new DavClient("alice", "secret");
    }

    public String logTail() {
        return process.tail(80);
    }

    @Override
    public void close() {
        process.close();
    }
}
