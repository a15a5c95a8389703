package io.dayflow.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The development data that lies beside the project in a folder {@code shared}: found by the system property or the
 * environment variable {@code HUB_SHARED}, else upward from the working folder. Where it is missing a test is skipped with
 * that reason, on the build server it fails.
 */
public final class SharedData {

    private static final String NAME = "HUB_SHARED";

    private SharedData() {}

    /** A file or folder of it. */
    public static Path path(String relative) {
        Optional<Path> path = root().map(root -> root.resolve(relative)).filter(Files::exists);
        if (path.isEmpty() && "true".equals(System.getenv("CI"))) {
            Assertions.fail("shared/" + relative + " is missing: place the folder beside the project or set " + NAME);
        }
        Assumptions.assumeTrue(
                path.isPresent(),
                "skipped: shared/" + relative + " is not beside the project and " + NAME + " is not set");
        return path.orElseThrow();
    }

    /** The calendar objects of real writers, by file name. */
    public static SortedMap<String, String> calendarObjects() {
        SortedMap<String, String> objects = new TreeMap<>();
        try (Stream<Path> files = Files.list(path("data/ics"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".ics")).toList()) {
                objects.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private static Optional<Path> root() {
        String named = System.getProperty(NAME, System.getenv(NAME));
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
