package io.dayflow.hub.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Small text files that only the hub's own account may read (mode 600 where the file system knows modes). A write is
 * all or nothing, also when the machine loses power in the middle of it.
 */
public final class PrivateFile {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private PrivateFile() {}

    /** The file's text, or nothing when there is no such file. */
    public static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file + ": check who owns it", unreadable);
        }
    }

    /** Why a file is not private and what to run, where others than its owner may read or write it. */
    public static Optional<String> exposure(Path file) {
        if (!POSIX || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return Collections.disjoint(permissions, OTHERS)
                    ? Optional.empty()
                    : Optional.of("Others than its owner may use the file " + file + " (its mode is "
                            + PosixFilePermissions.toString(permissions) + "), and it holds a secret. Run: chmod 600 "
                            + file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file + ": check who owns it", unreadable);
        }
    }

    /** The file's text; when there is no such file it is made with the given text first. */
    public static String readOrCreate(Path file, Supplier<String> text) {
        return read(file).orElseGet(() -> {
            var made = text.get();
            write(file, made);
            return made;
        });
    }

    /** Writes the file anew, making its folder when that is missing. */
    public static void write(Path file, String text) {
        try {
            createFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            var fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
            try (var channel = FileChannel.open(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode("rw-------"))) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Cannot write " + file + ": check the folder's owner and free space", failed);
        }
    }

    /** Makes a folder that only the hub's own account may enter, unless it exists. */
    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode("rwx------"));
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
