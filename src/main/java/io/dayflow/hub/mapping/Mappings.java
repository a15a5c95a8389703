package io.dayflow.hub.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents below a folder, by their names relative to it, for example {@code acme/task-in.jq}. Each is compiled
 * when it is first asked for. Thread-safe.
 */
public final class Mappings {

    private static final long CHECK_EVERY = 1_000_000_000L;

    private final Path folder;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** @param folder the routes folder */
    public Mappings(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * The document of that name as it is now; looked at on disk at most once a second.
     *
     * @throws InvalidMapping if there is none, or it is broken
     */
    public Mapping get(String document) {
        Entry entry = entries.get(document);
        long now = System.nanoTime();
        if (entry != null && now - entry.checked < CHECK_EVERY) {
            return entry.mapping;
        }
        return read(document, entry, now).mapping;
    }

    private Entry read(String document, @Nullable Entry before, long now) {
        Path file = file(document);
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            if (before != null && before.modified.equals(seen.lastModifiedTime()) && before.size == seen.size()) {
                before.checked = now;
                return before;
            }
            var entry = new Entry(
                    Mapping.compile(document, Files.readString(file)), seen.lastModifiedTime(), seen.size(), now);
            entries.put(document, entry);
            return entry;
        } catch (IOException e) {
            throw new InvalidMapping(document, 0, "the file cannot be read in " + folder + ": " + e, e);
        }
    }

    private Path file(String document) {
        Path file = folder.resolve(document).normalize();
        if (!document.endsWith(".jq") || !file.startsWith(folder)) {
            throw new InvalidMapping(
                    document, 0, "a document is named by its path below routes, for example acme/task-in.jq", null);
        }
        return file;
    }

    private static final class Entry {
        private final Mapping mapping;
        private final FileTime modified;
        private final long size;
        private volatile long checked;

        Entry(Mapping mapping, FileTime modified, long size, long checked) {
            this.mapping = mapping;
            this.modified = modified;
            this.size = size;
            this.checked = checked;
        }
    }
}
