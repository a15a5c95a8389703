package io.dayflow.hub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A Radicale server of its own on a random loopback port, with its data in the given folder. User {@value #USER} with
 * password {@value #PASSWORD}; the user's home is {@code /alice/} and holds no calendar at first. {@link #stop()} and
 * {@link #start()} keep port and data.
 */
public final class Radicale implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "secret";

    private final Path folder;
    private final int port = ServerProcess.freePort();
    private final Map<String, String> users = new TreeMap<>(Map.of(USER, PASSWORD));
    private final ServerProcess process;

    private Radicale(Path folder) {
        this.folder = folder;
        this.process = new ServerProcess(
                "radicale",
                List.of("radicale", "--config", folder.resolve("config").toString()),
                Map.of(),
                folder);
    }

    /** Fails in CI, skips the test elsewhere, when Radicale is not installed. */
    public static void installed() {
        RealServers.require("radicale", "radicale python3-bcrypt python3-passlib");
    }

    /** A configured server that does not run yet: its collections can be filled before {@link #start()}. */
    public static Radicale prepare(Path folder) {
        installed();
        Radicale radicale = new Radicale(folder);
        radicale.configure();
        return radicale;
    }

    /** A running server on an empty or a formerly used folder. */
    public static Radicale start(Path folder) {
        Radicale radicale = prepare(folder);
        radicale.start();
        return radicale;
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

    /** The calendar home of {@value #USER}. */
    public URI home() {
        return baseUrl().resolve(USER + "/");
    }

    /** A client that is signed in as {@value #USER}. */
    public DavClient client() {
        return new DavClient(USER, users.getOrDefault(USER, PASSWORD));
    }

    /** Adds a user or changes the password of one; takes effect at once. */
    public void user(String name, String password) {
        users.put(name, password);
        writeUsers();
    }

    /** The folder in which Radicale keeps the collections of {@value #USER}, one folder each. */
    public Path homeFolder() {
        return folder.resolve("collections/collection-root").resolve(USER);
    }

    public String logTail() {
        return process.tail(80);
    }

    private void configure() {
        try {
            Files.createDirectories(homeFolder());
            writeUsers();
            Files.writeString(folder.resolve("config"), """
                    [server]
                    hosts = 127.0.0.1:%d
                    max_connections = 100
                    timeout = 30
                    [auth]
                    type = htpasswd
                    htpasswd_filename = %s
                    htpasswd_encryption = plain
                    delay = 0
                    [rights]
                    type = owner_only
                    [storage]
                    filesystem_folder = %s
                    [logging]
                    level = info
                    """.formatted(
                            port, folder.resolve("users"), folder.resolve("collections")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeUsers() {
        String lines = users.entrySet().stream()
                .map(user -> user.getKey() + ":" + user.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(folder.resolve("users"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
