package io.dayflow.hub.storage;

import io.dayflow.hub.CannotStart;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A database cluster in a folder, and the programs that make, start and stop it. Holds no state of its own: what runs is
 * read from the cluster's {@code postmaster.pid}, so it does not matter which process started it.
 */
final class PostgresCluster {

    static final String USER = "dayflow";
    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
    private static final long LOG_LIMIT = 10_000_000;

    private final PostgresBinaries binaries;
    private final Path folder;
    private final Path data;

    PostgresCluster(PostgresBinaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
        this.data = folder.resolve("cluster");
    }

    Path data() {
        return data;
    }

    boolean exists() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /**
     * Makes an empty cluster whose only account has the password of the given file. It appears whole or not at all: a
     * machine that stops in the middle leaves a folder that the next attempt clears away.
     */
    void create(Path passwordFile) {
        var fresh = folder.resolve("cluster.new");
        try {
            FileSystemUtils.deleteRecursively(fresh);
            PrivateFile.createFolder(fresh);
            // The built-in locale sorts the same on every machine and with every version of the C library.
            run(Duration.ofMinutes(2), binaries.program("initdb"), "-D", fresh.toString(), "-U", USER, "-E", "UTF8")
                    .with("--auth=scram-sha-256", "--pwfile=" + passwordFile)
                    .with("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
                    .orFail("PostgreSQL could not make its data folder");
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot make the database folder " + data, failed);
        }
    }

    /** What {@code postmaster.pid} says, if the process it names is a living PostgreSQL. */
    Optional<Postmaster> running() {
        return recorded().filter(Postmaster::alive);
    }

    private Optional<Postmaster> recorded() {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() < 4
                    ? Optional.empty()
                    : Optional.of(new Postmaster(
                            Long.parseLong(lines.get(0).strip()),
                            Integer.parseInt(lines.get(3).strip())));
        } catch (IOException | NumberFormatException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** Starts the server; returns when it listens or has failed to. */
    void start(int port, Map<String, String> settings) {
        forgetDeadPostmaster();
        rotateLog();
        var options = new ArrayList<String>(List.of("-p", Integer.toString(port)));
        settings.forEach((name, value) -> options.addAll(List.of("-c", name + "=" + value)));
        run(Duration.ofSeconds(90), binaries.program("pg_ctl"), "start", "-w", "-t", "75", "-D", data.toString())
                .with("-l", log().toString(), "-o", String.join(" ", options))
                .orFail("The embedded PostgreSQL did not start; see " + log());
    }

    /** Stops the server after its open transactions were rolled back; nothing that was committed is lost. */
    void stop() {
        run(Duration.ofSeconds(40), binaries.program("pg_ctl"), "stop", "-w", "-t", "30")
                .with("-m", "fast", "-D", data.toString())
                .orFail("The embedded PostgreSQL did not stop");
    }

    /**
     * After a power cut or a {@code kill -9} the file names a process that is gone, or that is by now another program.
     * PostgreSQL cannot always tell the latter from a living server and would refuse to start.
     */
    private void forgetDeadPostmaster() {
        recorded().filter(postmaster -> !postmaster.alive()).ifPresent(dead -> {
            log.warn("PostgreSQL was not stopped in order (process {}): it recovers from its log", dead.pid());
            try {
                Files.deleteIfExists(data.resolve("postmaster.pid"));
            } catch (IOException failed) {
                throw new UncheckedIOException("Cannot remove a stale postmaster.pid in " + data, failed);
            }
        });
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private void rotateLog() {
        try {
            if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
                Files.move(log(), folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException harmless) {
            log.debug("The server's log was not rotated", harmless);
        }
    }

    /** A port of the loopback interface that nobody listens on: the preferred one if it is free. */
    static int freePort(Optional<Integer> preferred) {
        if (preferred.isPresent()) {
            try (var socket = new ServerSocket(preferred.get(), 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                log.warn("Port {} of the embedded PostgreSQL is taken: choosing another", preferred.get());
            }
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("There is no free port on the loopback interface", none);
        }
    }

    private Command run(Duration limit, String... words) {
        return new Command(folder, limit, new ArrayList<>(List.of(words)));
    }

    /** A living server process and the port it listens on. */
    record Postmaster(long pid, int port) {

        boolean alive() {
            var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
            return process.isPresent()
                    && process.get()
                            .info()
                            .command()
                            .map(command ->
                                    Path.of(command).getFileName().toString().startsWith("postgres"))
                            .orElse(!zombie());
        }

        /** Where nobody collects dead processes (process 1 of a container is the hub) the entry outlives the process. */
        private boolean zombie() {
            try {
                var status =
                        Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
                return status.startsWith("Z", status.lastIndexOf(')') + 2);
            } catch (IOException unknown) {
                return false;
            }
        }
    }

    private record Command(Path folder, Duration limit, List<String> words) {

        Command with(String... more) {
            words.addAll(List.of(more));
            return this;
        }

        void orFail(String failure) {
            var command = new ArrayList<String>();
            if (LinuxUtils.isUnshareAvailable()) {
                // PostgreSQL refuses to run as root: a user namespace makes root somebody else.
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(words);
            Path output = folder.resolve("command.log");
            try {
                var process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new CannotStart(failure + " within " + limit.toSeconds() + " s");
                }
                if (process.exitValue() != 0) {
                    throw new CannotStart(
                            failure + ": " + Files.readString(output).strip() + hint());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failure, failed);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(failure + ": interrupted", stopped);
            }
        }

        private static java.io.File nothing() {
            return new java.io.File(PostgresBinaries.WINDOWS ? "NUL" : "/dev/null");
        }

        private static String hint() {
            return "root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable()
                    ? " (PostgreSQL does not run as root and `unshare -U` is not allowed here:"
                            + " start the hub as another user, or set DATABASE_URL)"
                    : "";
        }
    }
}
