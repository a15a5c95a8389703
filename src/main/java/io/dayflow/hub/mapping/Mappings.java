package io.dayflow.hub.mapping;

import io.dayflow.hub.livefile.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents below a folder, by their names relative to it, for example {@code acme/task-in.jq}. Each is compiled when it
 * is first asked for, and again when its file changes. A broken one is refused, and the version before it goes on.
 * Thread-safe.
 */
public final class Mappings {

    private static final long CHECK_EVERY = 1_000_000_000L;

    private final Path folder;
    private final Refusals refusals;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** @param folder the routes folder */
    public Mappings(Path folder) {
        this(folder, new Refusals(Clock.systemUTC()));
    }

    /** @param refusals where broken documents are told, as {@code routes/<name>} */
    public Mappings(Path folder, Refusals refusals) {
        this.folder = folder.toAbsolutePath().normalize();
        this.refusals = refusals;
    }

    /**
     * The document of that name as it is now, or as it was when it was last good; looked at on disk at most once a second.
     *
     * @throws InvalidMapping if there is none, or it is broken and never was good
     */
    public Mapping get(String document) {
        Entry entry = entries.get(document);
        if (entry == null || System.nanoTime() - entry.checked >= CHECK_EVERY) {
            entry = read(document, entry);
        }
        if (entry.mapping == null) {
            throw entry.refusal();
        }
        return entry.mapping;
    }

    /** Looks at a document whose file was written or deleted, whether or not anybody asks for it. */
    public void changed(String document) {
        read(document, entries.get(document));
    }

    private synchronized Entry read(String document, @Nullable Entry before) {
        Path file = file(document);
        long now = System.nanoTime();
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            if (before != null && before.isOf(seen)) {
                before.checked = now;
                return before;
            }
            return keep(document, compiled(document, Files.readString(file), seen, before, now));
        } catch (NoSuchFileException e) {
            var gone = new InvalidMapping(document, 0, "there is no such file in " + folder, e);
            return keep(document, new Entry(before == null ? null : before.mapping, gone, null, now));
        } catch (IOException e) {
            var unread = new InvalidMapping(document, 0, "the file cannot be read: " + e, e);
            return keep(document, new Entry(before == null ? null : before.mapping, unread, null, now));
        }
    }

    private static Entry compiled(
            String document, String source, BasicFileAttributes seen, @Nullable Entry before, long now) {
        try {
            return new Entry(Mapping.compile(document, source), null, seen, now);
        } catch (InvalidMapping e) {
            return new Entry(before == null ? null : before.mapping, e, seen, now);
        }
    }

    private Entry keep(String document, Entry entry) {
        InvalidMapping refusal = entry.refusal;
        if (refusal == null || entry.modified == null && entry.mapping == null) {
            refusals.lift("routes/" + document);
        } else {
            refusals.refuse("routes/" + document, refusal.line(), refusal.reason());
        }
        entries.put(document, entry);
        return entry;
    }

    private Path file(String document) {
        Path file = folder.resolve(document).normalize();
        if (!document.endsWith(".jq") || !file.startsWith(folder)) {
            throw new InvalidMapping(
                    document, 0, "a document is named by its path below routes, for example acme/task-in.jq", null);
        }
        return file;
    }

    /** A document's last good version, where there is one, and why the file as it is now is refused, where it is. */
    private static final class Entry {
        private final @Nullable Mapping mapping;
        private final @Nullable InvalidMapping refusal;
        private final @Nullable FileTime modified;
        private final long size;
        private volatile long checked;

        Entry(
                @Nullable Mapping mapping,
                @Nullable InvalidMapping refusal,
                @Nullable BasicFileAttributes seen,
                long checked) {
            this.mapping = mapping;
            this.refusal = refusal;
            this.modified = seen == null ? null : seen.lastModifiedTime();
            this.size = seen == null ? 0 : seen.size();
            this.checked = checked;
        }

        boolean isOf(BasicFileAttributes seen) {
            return seen.lastModifiedTime().equals(modified) && seen.size() == size;
        }

        InvalidMapping refusal() {
            return refusal == null ? new InvalidMapping("", 0, "nothing was read", null) : refusal;
        }
    }
}
