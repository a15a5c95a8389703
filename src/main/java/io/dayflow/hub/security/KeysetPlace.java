package io.dayflow.hub.security;

import io.dayflow.hub.CannotStart;
import io.dayflow.hub.storage.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Where the keyset is kept. */
sealed interface KeysetPlace {

    /** The keyset as it is there now. @throws CannotStart with what to do, where there is none that may be used */
    Keyset read();

    /** Changes whenever the keyset may have; equal otherwise. */
    @Nullable
    Object mark();

    /** In words that end a sentence such as "it is kept in …". */
    String words();

    /** In the variable itself: changed by a restart alone. */
    record Given(Keyset keyset) implements KeysetPlace {
        @Override
        public Keyset read() {
            return keyset;
        }

        @Override
        public @Nullable Object mark() {
            return null;
        }

        @Override
        public String words() {
            return "HUB_ENCRYPTION_KEYSET";
        }
    }

    /** In a file, which may be replaced while hubs run. */
    record InFile(Path file) implements KeysetPlace {

        private record Mark(
                FileTime changed, long size, @Nullable Object inode) {}

        @Override
        public Keyset read() {
            PrivateFile.exposure(file).ifPresent(why -> {
                throw new CannotStart(why);
            });
            return Keyset.parse(PrivateFile.read(file)
                    .orElseThrow(() -> new CannotStart("The keyset's file " + file + " does not exist. Put the keyset"
                            + " there; to begin with a new one, leave HUB_ENCRYPTION_KEYSET out once and move the"
                            + " keyset.json that the hub makes in its data folder")));
        }

        @Override
        public @Nullable Object mark() {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Mark(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException absent) {
                return null;
            }
        }

        @Override
        public String words() {
            return file.toString();
        }
    }
}
