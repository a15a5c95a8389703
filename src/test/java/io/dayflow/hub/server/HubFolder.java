package io.dayflow.hub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a hub has on disk, as far as a test has to know it: copies of the project's files, and the embedded database. */
final class HubFolder {

    private HubFolder() {}

    /** The address of the embedded database, with its password. */
    static String embeddedUrl(Path dataFolder) {
        try {
            Path folder = dataFolder.resolve("postgres");
            String databasePort = Files.readString(folder.resolve("port")).strip();
            String password = Files.readString(folder.resolve("password")).strip();
            return "postgresql://dayflow:" + password + "@127.0.0.1:" + databasePort + "/dayflow";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The main process of the embedded database, when it runs. */
    static Optional<ProcessHandle> postmaster(Path dataFolder) {
        if (!Files.isDirectory(dataFolder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(dataFolder, 4, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            return files.findFirst().flatMap(HubFolder::processOf);
        } catch (IOException | UncheckedIOException vanishing) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> processOf(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            boolean postgres = Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .startsWith("postgres");
            return postgres ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | RuntimeException gone) {
            return Optional.empty();
        }
    }

    /** Copies a folder, leaving files that are there already; does nothing when there is none. */
    static void copy(Path from, Path to) {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
