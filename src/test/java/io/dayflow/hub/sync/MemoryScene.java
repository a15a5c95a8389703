package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.sync.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One DayFlow user and one hub in memory, whose time the test moves. Accounts join it. For one thread. */
final class MemoryScene {

    /** A clock that stands until it is moved. */
    static final class Moved extends Clock {

        private Instant now = Instant.parse("2026-11-01T08:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final Moved clock = new Moved();
    final MemoryStore store = new MemoryStore(clock);
    final UUID user;
    final EnginePorts ports;
    final MemoryHub hub;

    private long last;

    MemoryScene() {
        this(new Random(7));
    }

    MemoryScene(Random chance) {
        user = id();
        store.zones.put(user, ZoneOffset.UTC);
        SyncSettings settings = new SyncSettings(
                Duration.ofSeconds(30),
                500,
                10,
                25,
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofMinutes(15),
                5,
                Duration.ofDays(30),
                Duration.ofDays(7),
                5,
                Duration.ofHours(1));
        ports = EnginePorts.over(store, settings, clock, this::id, chance);
        hub = MemoryHub.of(ports);
    }

    /** Ids in the order of their making, as the hub's own are. */
    UUID id() {
        return new UUID(0x7000L, ++last);
    }

    // ---- DayFlow's user

    UUID add(Map<String, String> fields) {
        UUID id = id();
        edit(id, fields);
        return id;
    }

    void edit(UUID row, Map<String, String> fields) {
        Map<String, @Nullable JsonNode> values = new HashMap<>();
        fields.forEach((name, value) -> values.put(name, value.isEmpty() ? null : TextNode.valueOf(value)));
        clock.move(Duration.ofSeconds(1));
        store.saveRow(user, Kind.TASK, row, values);
    }

    void editLabels(UUID row, String... labels) {
        clock.move(Duration.ofSeconds(1));
        store.saveRow(
                user,
                Kind.TASK,
                row,
                Map.of(
                        "labels",
                        JsonNodeFactory.instance
                                .arrayNode()
                                .addAll(Stream.of(labels).map(TextNode::valueOf).toList())));
    }

    /** Somebody changes DayFlow's tables so that no trigger hears of it. */
    void unnoticed(Runnable change) {
        Set<Long> before = Set.copyOf(store.captured.keys());
        change.run();
        store.captured.keys().stream()
                .filter(id -> !before.contains(id))
                .toList()
                .forEach(store.captured::remove);
    }

    void delete(UUID row) {
        clock.move(Duration.ofSeconds(1));
        store.deleteRow(row);
    }

    /** Takes in what was changed in DayFlow. */
    void absorb() {
        clock.move(Duration.ofSeconds(1));
        while (hub.dayflow().absorb()) {
            clock.move(Duration.ofMillis(1));
        }
    }

    // ---- what became of it

    /** DayFlow's rows by id. */
    Map<UUID, View> rows() {
        Map<UUID, View> rows = new HashMap<>();
        store.rows.stream().forEach(row -> rows.put(row.id(), row.view()));
        return rows;
    }

    View row(String title) {
        return store.rows.stream()
                .map(Planner.Row::view)
                .filter(view -> title.equals(view.text("title")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + title + " among " + rows().values()));
    }

    UUID rowId(String title) {
        return store.rows.stream()
                .filter(row -> title.equals(row.view().text("title")))
                .map(Planner.Row::id)
                .findFirst()
                .orElseThrow();
    }

    UndoStore.Undone undone(UUID job) {
        return store.undone.get(job);
    }

    /** The number of the last entry of the journal about an item. */
    long lastEntry(UUID item) {
        return store.journal.keys().stream()
                .filter(id -> store.journal.get(id).itemId().equals(item))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    List<JournalEntry> journal() {
        return store.journal();
    }
}
