package io.dayflow.hub.sync.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.dayflow.DayflowLens;
import io.dayflow.hub.dayflow.DayflowLenses;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.sync.DayflowCapture;
import io.dayflow.hub.sync.Planner;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** DayFlow's rows and the capture of their changes, in memory; the lens is the real one. */
public record MemoryPlanner(MemoryStore store) implements Planner, DayflowCapture {

    private static final Map<ZoneId, DayflowLens> LENSES = new java.util.concurrent.ConcurrentHashMap<>();

    static DayflowLens lensOf(ZoneId zone) {
        return LENSES.computeIfAbsent(zone, DayflowLenses::in);
    }

    @Override
    public ZoneId zone(UUID userId) {
        return store.zones.find(userId).orElse(ZoneOffset.UTC);
    }

    @Override
    public boolean holds(View view) {
        return true;
    }

    @Override
    public Lens lens(Kind kind, ZoneId zone) {
        return lensOf(zone);
    }

    @Override
    public Map<UUID, Row> lock(Kind kind, Collection<UUID> rowIds) {
        Map<UUID, Row> found = new LinkedHashMap<>();
        rowIds.stream()
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .flatMap(id -> store.rows.find(id).stream())
                .filter(row -> row.kind() == kind)
                .forEach(row -> found.put(row.id(), row));
        return found;
    }

    @Override
    public List<UUID> unknown(UUID userId, Kind kind, int limit) {
        Set<String> known = store.links.stream()
                .filter(link -> link.connectionId() == null)
                .map(link -> link.externalId())
                .collect(Collectors.toSet());
        Set<UUID> waiting = store.captured.stream().map(Change::rowId).collect(Collectors.toSet());
        return store.rows.stream()
                .filter(row -> row.userId().equals(userId) && row.kind() == kind)
                .map(Row::id)
                .filter(id -> !known.contains(id.toString()) && !waiting.contains(id))
                .sorted(Comparator.comparing(UUID::toString))
                .limit(limit)
                .toList();
    }

    @Override
    public void write(List<RowWrite> writes) {
        for (RowWrite write : writes) {
            View after = write.after();
            if (after == null) {
                store.rows.remove(write.rowId());
                continue;
            }
            Row held = store.rows.find(write.rowId()).orElse(null);
            View view = held == null || write.before() == null ? after : changed(held.view(), write.before(), after);
            store.rows.put(
                    write.rowId(), new Row(write.rowId(), write.userId(), write.kind(), view, store.clock.instant()));
        }
    }

    /** Only the fields that differ are written, as an UPDATE names only their columns. */
    private static View changed(View held, View before, View after) {
        Map<String, JsonNode> fields = new HashMap<>(held.fields());
        Set<String> names = new HashSet<>(before.fields().keySet());
        names.addAll(after.fields().keySet());
        for (String name : names) {
            JsonNode value = after.get(name);
            if (!Objects.equals(before.get(name), value)) {
                if (value == null) {
                    fields.remove(name);
                } else {
                    fields.put(name, value);
                }
            }
        }
        return new View(held.kind(), new TreeMap<>(fields));
    }

    @Override
    public List<Change> take(int limit) {
        List<Long> taken = store.captured.keys().stream().limit(limit).toList();
        List<Change> changes = taken.stream().map(store.captured::get).toList();
        taken.forEach(store.captured::remove);
        return changes;
    }

    @Override
    public void alone(UUID userId) {
        // one thread is always alone
    }

    @Override
    public Set<UUID> waiting(Collection<UUID> rowIds) {
        return store.captured.stream()
                .map(Change::rowId)
                .filter(rowIds::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean hasItems(UUID userId) {
        return store.items.stream().anyMatch(item -> item.userId().equals(userId));
    }

    @Override
    public List<UUID> inOtherZone(UUID userId, ZoneId zone) {
        return store.links.stream()
                .filter(link -> link.connectionId() == null
                        && link.state() == io.dayflow.hub.link.Link.State.LIVE
                        && !zone.getId().equals(link.zone())
                        && store.items.get(link.itemId()).userId().equals(userId))
                .map(io.dayflow.hub.link.Link::itemId)
                .toList();
    }
}
