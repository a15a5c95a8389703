package io.dayflow.hub.storage;

import io.dayflow.hub.CannotStart;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, unpacked once from the class path into a folder named after their digest. */
record PostgresBinaries(Path home) {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /** Unpacks the programs below the given folder unless they are there already. */
    static PostgresBinaries unpackedIn(Path folder) {
        try {
            var archive = archive();
            var home = folder.resolve(digest(archive).substring(0, 16));
            if (!Files.isDirectory(home)) {
                log.info("Unpacking PostgreSQL for this machine into {}", home);
                Files.createDirectories(folder);
                var fresh = Files.createTempDirectory(folder, "unpacking-");
                unpack(archive, fresh);
                moveOrKeepOther(fresh, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL into " + folder, failed);
        }
    }

    /** The path of a program, such as {@code pg_ctl}. */
    String program(String name) {
        return home.resolve("bin").resolve(WINDOWS ? name + ".exe" : name).toString();
    }

    private static byte[] archive() throws IOException {
        var name = System.getProperty("os.name", "");
        var system = WINDOWS ? "Windows" : name.startsWith("Mac") ? "Darwin" : "Linux";
        var machine = System.getProperty("os.arch", "");
        try (var in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system, machine.equals("amd64") ? "x86_64" : machine)) {
            if (in == null) {
                throw new CannotStart("The hub brings no PostgreSQL for " + system + " on " + machine
                        + ": set DATABASE_URL to a PostgreSQL of your own");
            }
            return in.readAllBytes();
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive)), 1 << 16))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        var file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("The archive of PostgreSQL holds a path that leaves its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.copy(target.resolve(entry.getLinkName()), file, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            Files.copy(tar, file);
            if ((entry.getMode() & 0111) != 0 && !file.toFile().setExecutable(true, false)) {
                throw new IOException("Cannot make " + file + " executable");
            }
        }
    }

    /** Another process may have unpacked the same programs at the same time: then its copy serves as well. */
    private static void moveOrKeepOther(Path fresh, Path home) throws IOException {
        if (!fresh.toFile().setReadable(true, false) || !fresh.toFile().setExecutable(true, false)) {
            log.debug("Could not open {} to other accounts", fresh);
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failed) {
            // an atomic move does not say by its type that something is there already
            FileSystemUtils.deleteRecursively(fresh);
            if (!Files.isDirectory(home)) {
                throw failed;
            }
        }
    }
}
