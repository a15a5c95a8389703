package io.dayflow.hub.sync.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.sync.DayflowCapture;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.Planner;
import io.dayflow.hub.sync.UndoStore;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that PostgreSQL holds for the engine, in memory: the tables, transactions that leave nothing behind when they
 * fail, and a time of its own. Any number of hubs may share one; for one thread.
 */
public final class MemoryStore implements HubTransaction {

    /** The database's time. */
    public final Clock clock;

    public final Table<UUID, StoredItem> items = new Table<>(this);
    public final Table<UUID, Long> touched = new Table<>(this);
    public final Table<UUID, Link> links = new Table<>(this);
    public final Table<UUID, Conflict> conflicts = new Table<>(this);
    public final Table<Long, JournalEntry> journal = new Table<>(this);
    public final Table<Place, DeadLetter> letters = new Table<>(this);
    public final Table<UUID, MemoryCollections.Stored> collections = new Table<>(this);
    public final Table<UUID, MemoryConnections.Stored> connections = new Table<>(this);
    public final Table<UUID, MemoryJobs.Stored> jobs = new Table<>(this);
    public final Table<UUID, UndoStore.Undone> undone = new Table<>(this);
    public final Table<String, MemoryLeases.Held> leases = new Table<>(this);
    public final Table<UUID, Planner.Row> rows = new Table<>(this);
    public final Table<Long, DayflowCapture.Change> captured = new Table<>(this);
    public final Table<UUID, ZoneId> zones = new Table<>(this);

    /** What waiting hubs are to be told, by name; whoever tells them takes it out. */
    public final Set<String> wakes = new LinkedHashSet<>();

    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean open;
    private long last;
    private long stamp;

    /** A conflict as it is kept: what it was when it was last open, and how it ended. */
    public record Conflict(
            OpenConflict content,
            boolean open,
            @Nullable String resolution,
            @Nullable String resolvedBy) {}

    /** Where a dead letter stands. */
    public record Place(UUID connectionId, DeadLetter.Direction direction, String externalId, String part) {}

    public MemoryStore(Clock clock) {
        this.clock = clock;
    }

    /** Grows with each call; a number that a rolled back transaction took is not given again. */
    public long next() {
        return ++last;
    }

    /** The number that was given last. */
    public long last() {
        return last;
    }

    /** The transaction's time, by which rows are told apart: the same for all that it writes. */
    long stamp() {
        return open ? stamp : next();
    }

    @Override
    public <T> T run(Supplier<T> work) {
        if (open) {
            return work.get();
        }
        open = true;
        stamp = next();
        boolean committed = false;
        try {
            T result = work.get();
            committed = true;
            return result;
        } finally {
            open = false;
            while (!undo.isEmpty()) {
                Runnable last = undo.pop();
                if (!committed) {
                    last.run();
                }
            }
        }
    }

    @Override
    public void own() {
        // what the engine writes into rows is never captured here, in whatever transaction
    }

    public void onRollback(Runnable step) {
        if (open) {
            undo.push(step);
        }
    }

    void wake(String what) {
        if (wakes.add(what)) {
            onRollback(() -> wakes.remove(what));
        }
    }

    // ---- DayFlow's users

    /** Somebody writes a row: makes it, or changes these fields of it (null takes one away). */
    public void saveRow(UUID userId, Kind kind, UUID rowId, java.util.Map<String, @Nullable JsonNode> fields) {
        Planner.Row held = rows.find(rowId).orElse(null);
        TreeMap<String, JsonNode> values =
                new TreeMap<>(held == null ? java.util.Map.of() : held.view().fields());
        fields.forEach((name, value) -> {
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
        });
        View view = MemoryPlanner.lensOf(zones.get(userId)).canonical(new View(kind, values));
        if (held == null || !held.view().equals(view)) {
            rows.put(rowId, new Planner.Row(rowId, userId, kind, view, clock.instant()));
            capture(userId, kind, rowId);
        }
    }

    /** Somebody deletes a row. */
    public void deleteRow(UUID rowId) {
        Planner.Row held = rows.get(rowId);
        rows.remove(rowId);
        capture(held.userId(), held.kind(), rowId);
    }

    /** Somebody moves to another zone. */
    public void moveTo(UUID userId, ZoneId zone) {
        zones.put(userId, zone);
        capture(userId, null, userId);
    }

    private void capture(UUID userId, @Nullable Kind kind, UUID rowId) {
        captured.put(next(), new DayflowCapture.Change(userId, kind, rowId, clock.instant()));
        wake("dayflow");
    }

    /** The journal, oldest first. */
    public List<JournalEntry> journal() {
        return List.copyOf(journal.all());
    }
}
