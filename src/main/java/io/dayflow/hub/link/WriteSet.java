package io.dayflow.hub.link;

import io.dayflow.hub.item.Abridged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one decision, or a page of them, wants to be written, to be stored in one transaction. Later values of
 * the same item or link take the place of earlier ones. Not thread-safe.
 */
public final class WriteSet {

    /** How the conflict ends that a person decides: whoever lets them tells of it. Every other end is the hub's own. */
    public static final String BY_PERSON = "resolved";

    private final Map<UUID, StoredItem> items = new LinkedHashMap<>();
    private final Map<UUID, StoredItem> newItems = new LinkedHashMap<>();
    private final Map<UUID, Link> links = new LinkedHashMap<>();
    private final Map<UUID, Link> newLinks = new LinkedHashMap<>();
    private final List<RowWrite> rows = new ArrayList<>();
    private final Map<UUID, OpenConflict> conflicts = new LinkedHashMap<>();
    private final Map<OpenConflict, String> decidedConflicts = new LinkedHashMap<>();
    private final Map<UUID, String> closedConflicts = new LinkedHashMap<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final List<Place> readable = new ArrayList<>();
    private final Set<String> left = new LinkedHashSet<>();
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private @Nullable UUID jobId;

    /** A place whose dead letters, if any, no longer apply. */
    public record Place(UUID connectionId, DeadLetter.Direction direction, String externalId) {

        public Place {
            externalId = Abridged.of(externalId, DeadLetter.LONGEST_ID);
        }
    }

    /** The job within which it is written, if there is one. */
    public void within(@Nullable UUID job) {
        jobId = job;
    }

    public @Nullable UUID jobId() {
        return jobId;
    }

    public void insert(StoredItem item) {
        newItems.put(item.id(), item);
    }

    public void update(StoredItem item) {
        (newItems.containsKey(item.id()) ? newItems : items).put(item.id(), item);
    }

    public void insert(Link link) {
        newLinks.put(link.id(), link);
    }

    public void update(Link link) {
        (newLinks.containsKey(link.id()) ? newLinks : links).put(link.id(), link);
    }

    public void write(RowWrite row) {
        rows.add(row);
    }

    public void open(OpenConflict conflict) {
        conflicts.put(conflict.linkId(), conflict);
    }

    /**
     * Closes the link's open conflict, if it has one.
     *
     * @param resolution {@link #BY_PERSON}, or why the hub does
     */
    public void close(UUID linkId, String resolution) {
        conflicts.remove(linkId);
        closedConflicts.put(linkId, resolution);
    }

    /** A conflict was decided as soon as it was met. It is kept with all its values, and waits for nobody. */
    public void decide(OpenConflict conflict, String resolution) {
        decidedConflicts.put(conflict, resolution);
    }

    public void journal(JournalEntry entry) {
        journal.add(entry);
    }

    public void park(DeadLetter letter) {
        deadLetters.add(letter);
    }

    public void readable(UUID connectionId, DeadLetter.Direction direction, String externalId) {
        readable.add(new Place(connectionId, direction, externalId));
    }

    public void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** What was seen of an object cannot be judged yet; it has to be seen again. */
    public void leave(String externalId) {
        left.add(externalId);
    }

    /** Ids of objects that have to be seen again. */
    public Set<String> left() {
        return left;
    }

    public Collection<StoredItem> items() {
        return items.values();
    }

    public Collection<StoredItem> newItems() {
        return newItems.values();
    }

    public Collection<Link> links() {
        return links.values();
    }

    public Collection<Link> newLinks() {
        return newLinks.values();
    }

    public List<RowWrite> rows() {
        return rows;
    }

    public Collection<OpenConflict> conflicts() {
        return conflicts.values();
    }

    /** Conflicts that were decided as soon as they were met, each with how. */
    public Map<OpenConflict, String> decidedConflicts() {
        return decidedConflicts;
    }

    public Map<UUID, String> closedConflicts() {
        return closedConflicts;
    }

    public List<JournalEntry> journal() {
        return journal;
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    public List<Place> readable() {
        return readable;
    }

    public Map<Count, Long> counts() {
        return counts;
    }
}
