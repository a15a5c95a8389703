package io.dayflow.hub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The hub's own classes as a jar, and an archive of all classes as one hub has loaded them (JDK Enhancement Proposals 483 and
 * 514): the many hubs that tests start and kill spend a third less on starting. The archive is made by the first test of a
 * build that starts a hub. Without the jar, as in an IDE, there is none: it would be of an older build.
 */
final class HubClasses {

    /** Named by the build, once the jar is there; empty where hubs are measured as they ship. */
    private static final String JAR = System.getProperty("hub.classes.jar", "");

    private static final Path ARCHIVE = Path.of("target", "hub-classes.aot").toAbsolutePath();

    private HubClasses() {}

    /** What stands for the folder with the hub's own classes on a class path; null where that has to do. */
    static @Nullable Path jar() {
        return JAR.isEmpty() ? null : Path.of(JAR).toAbsolutePath();
    }

    /** Options that make a JVM use the archive, which is made if need be; none without a jar. */
    static synchronized List<String> archive() {
        var jar = jar();
        if (jar == null) {
            return List.of();
        }
        try {
            var lock = ARCHIVE.resolveSibling("hub-classes.lock");
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                if (!Files.exists(ARCHIVE)
                        || Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                    make();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("-XX:AOTCache=" + ARCHIVE);
    }

    private static void make() throws IOException {
        var folder = Files.createTempDirectory(ARCHIVE.getParent(), "hub-classes-");
        var fresh = folder.resolve("fresh.aot");
        HubProcess.in(folder).recordClasses(fresh).start().close();
        Files.move(fresh, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
        FileSystemUtils.deleteRecursively(folder);
    }
}
