package io.dayflow.hub.livefile;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what changed in a folder and all folders below it, new ones included, by looking. A change is told when the file
 * has been the same in two looks, so that none is read while it is written. Used by one thread.
 */
public final class FileScan {

    /** A file whose content is another than before. */
    public sealed interface Change {

        /** Relative to the folder, with slashes. */
        String name();

        record Written(String name, String content) implements Change {}

        record Deleted(String name) implements Change {}
    }

    private record Stamp(FileTime modified, long size) {}

    private final Path folder;
    private final String suffix;
    private final Map<String, Stamp> settled = new HashMap<>();
    private final Map<String, Stamp> unsettled = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final TreeSet<String> missed = new TreeSet<>();

    /** @param suffix how the files' names end, for example {@code .camel.yaml} */
    public FileScan(Path folder, String suffix) {
        this.folder = folder;
        this.suffix = suffix;
    }

    /** Takes all files as they are now, and tells their contents by name. */
    public SortedMap<String, String> begin() {
        SortedMap<String, String> all = new TreeMap<>();
        look().forEach((name, stamp) -> {
            try {
                String content = Files.readString(folder.resolve(name));
                settled.put(name, stamp);
                contents.put(name, content);
                all.put(name, content);
            } catch (IOException e) {
                settled.remove(name); // told by a later look, once it can be read
            }
        });
        return all;
    }

    /** What changed since the last call, in the order of names. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        SortedMap<String, Stamp> seen = look();
        seen.forEach((name, stamp) -> {
            if (!stamp.equals(settled.get(name)) && stamp.equals(unsettled.put(name, stamp))) {
                settle(name, stamp, changes);
            }
        });
        for (String name : List.copyOf(settled.keySet())) {
            if (seen.containsKey(name)) {
                missed.remove(name);
            } else if (!missed.add(name)) {
                missed.remove(name);
                settled.remove(name);
                contents.remove(name);
                changes.add(new Change.Deleted(name));
            }
        }
        return changes;
    }

    private void settle(String name, Stamp stamp, List<Change> changes) {
        try {
            String content = Files.readString(folder.resolve(name));
            unsettled.remove(name);
            settled.put(name, stamp);
            if (!content.equals(contents.put(name, content))) {
                changes.add(new Change.Written(name, content));
            }
        } catch (IOException e) {
            unsettled.remove(name); // perhaps replaced this very moment: the next looks will tell
        }
    }

    private SortedMap<String, Stamp> look() {
        SortedMap<String, Stamp> seen = new TreeMap<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    if (name.endsWith(suffix) && !file.getFileName().toString().startsWith(".")) {
                        seen.put(name, new Stamp(attributes.lastModifiedTime(), attributes.size()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return seen;
        }
        return seen;
    }
}
