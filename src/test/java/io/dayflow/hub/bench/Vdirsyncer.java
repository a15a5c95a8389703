package io.dayflow.hub.bench;

import io.dayflow.hub.server.Radicale;
import io.dayflow.hub.server.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Another sync tool, to compare with: vdirsyncer copying one calendar of a Radicale to a folder, with its own defaults. Each
 * instance begins with nothing and has done its discovery.
 */
final class Vdirsyncer {

    private final Path folder;
    private final Path config;

    private Vdirsyncer(Path folder) {
        this.folder = folder;
        this.config = folder.resolve("config");
    }

    static void installed() {
        RealServers.require("vdirsyncer", "vdirsyncer");
    }

    /** Writes the configuration into the folder and runs {@code vdirsyncer discover}. */
    static Vdirsyncer discover(Path folder, Radicale radicale, String calendar) {
        installed();
        Vdirsyncer vdirsyncer = new Vdirsyncer(folder);
        try {
            Files.createDirectories(folder.resolve("copy"));
            Files.writeString(vdirsyncer.config, """
                    [general]
                    status_path = "%1$s/status/"
                    [pair calendar]
                    a = "remote"
                    b = "local"
                    collections = [["%2$s", "%2$s", "%2$s"]]
                    [storage remote]
                    type = "caldav"
                    url = "%3$s"
                    username = "%4$s"
                    password = "%5$s"
                    [storage local]
                    type = "filesystem"
                    path = "%1$s/copy/"
                    fileext = ".ics"
                    """.formatted(
                            folder, calendar, radicale.home(), Radicale.USER, Radicale.PASSWORD));
            Files.writeString(folder.resolve("answers"), "y\n".repeat(10));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vdirsyncer.run("discover");
        return vdirsyncer;
    }

    /** Runs {@code vdirsyncer sync}, from the start of its process to its end. */
    Duration sync() {
        return run("sync");
    }

    /** How many objects the copy holds. */
    long copied() {
        try (Stream<Path> files = Files.walk(folder.resolve("copy"))) {
            return files.filter(file -> file.toString().endsWith(".ics")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration run(String command) {
        Path log = folder.resolve(command + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of("vdirsyncer", "-c", config.toString(), command))
                .redirectInput(folder.resolve("answers").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", folder.toString()));
        long before = System.nanoTime();
        try {
            int exit = builder.start().waitFor();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            if (exit != 0) {
                throw new IllegalStateException("vdirsyncer " + command + " failed: " + Files.readString(log));
            }
            return took;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
