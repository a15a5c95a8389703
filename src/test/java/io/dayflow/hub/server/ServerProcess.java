package io.dayflow.hub.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child process with a log file that can be stopped and started again. Every process still running when the JVM ends is
 * destroyed by a shutdown hook.
 */
final class ServerProcess implements AutoCloseable {

    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ServerProcess::kill)));
    }

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;
    private final Path log;
    private @Nullable Process process;

    ServerProcess(String name, List<String> command, Map<String, String> environment, Path folder) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.log = folder.resolve(name + ".log");
    }

    /** A port of the loopback interface that nothing listened on a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the program; does nothing when it runs. The log is appended to, never cut. */
    void start() {
        if (alive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
        RUNNING.add(this);
    }

    /** Waits until the port accepts connections; fails with the log's tail when the process ends first or time is up. */
    void awaitPort(int port, Duration limit) {
        awaitReady(limit, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return true;
            } catch (IOException refused) {
                return false;
            }
        });
    }

    /** Waits until {@code ready} answers true; fails with the log's tail when the process ends first or time is up. */
    void awaitReady(Duration limit, Callable<Boolean> ready) {
        try {
            await(name + " is ready")
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(name + " ended while starting", () -> !alive())
                    .until(ready);
        } catch (RuntimeException e) {
            String tail = tail(60);
            kill();
            throw new IllegalStateException(name + " did not start:\n" + tail, e);
        }
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    long pid() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process.pid();
    }

    /** Asks the process to end (SIGTERM) and kills it when it has not ended within the limit. */
    void stop(Duration limit) {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
        RUNNING.remove(this);
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            running.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(this);
    }

    Path log() {
        return log;
    }

    /** The last lines of the log, with the program's name before them. */
    String tail(int lines) {
        if (!Files.exists(log)) {
            return "-- " + name + ": no log";
        }
        try (Stream<String> all = Stream.of(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n"))) {
            List<String> kept = all.toList();
            return kept.subList(Math.max(0, kept.size() - lines), kept.size()).stream()
                    .collect(Collectors.joining("\n", "-- " + name + " (" + log + ")\n", ""));
        } catch (IOException e) {
            return "-- " + name + ": log unreadable: " + e;
        }
    }

    /** The tails of the logs of all processes that run now. */
    static String tails(int lines) {
        return RUNNING.stream().map(process -> process.tail(lines)).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(5));
    }
}
