package io.dayflow.hub.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program of the tests in a process of its own, with the JVM and the JVM options that hubs run with, so that it can be
 * compared with one. It listens on the port that the property {@code server.port} names.
 */
public final class ChildJvm implements AutoCloseable {

    private final ServerProcess process;
    private final int port;

    /** Starts it and returns when it listens. */
    public ChildJvm(Class<?> main, Path folder, Map<String, String> properties) {
        this.port = ServerProcess.freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HubProcess.shippedOptions());
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dserver.port=" + port);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        this.process = new ServerProcess(main.getSimpleName(), command, Map.of(), folder.toAbsolutePath());
        process.start();
        process.awaitPort(port, Duration.ofSeconds(60));
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        process.close();
    }
}
