package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a job wrote of one item on one side: whether it made or deleted the copy, and from what to what each path went. */
final class SideWrites {

    /** A path's value before the job first wrote it and after it last did. Somebody else's edit in between begins anew. */
    record Change(@Nullable JsonNode before, @Nullable JsonNode after) {}

    private final @Nullable UUID side;
    private final List<UndoStore.Write> writes;
    private final SortedMap<String, Change> changes = new TreeMap<>();
    private final boolean ofItem;

    /** @param writes at least one, oldest first, all of one item on one side */
    SideWrites(Kind kind, List<UndoStore.Write> writes) {
        this.side = writes.getFirst().connectionId();
        this.writes = writes;
        this.ofItem = writes.getFirst().connectionId() == null
                && writes.stream().noneMatch(write -> isUpdate(write) && write.itemBefore() == null);
        for (UndoStore.Write write : writes) {
            if (isUpdate(write)) {
                View before = view(kind, ofItem ? write.itemBefore() : write.before());
                View after = view(kind, ofItem ? write.itemAfter() : write.after());
                Difference.between(before, after).parts().forEach(this::add);
            }
        }
        changes.values().removeIf(change -> Objects.equals(change.before(), change.after()));
    }

    private static boolean isUpdate(UndoStore.Write write) {
        return write.before() != null && write.after() != null;
    }

    private static View view(Kind kind, @Nullable Map<String, JsonNode> fields) {
        return View.of(kind, fields == null ? Map.of() : fields);
    }

    private void add(Difference.Part part) {
        Change known = changes.get(part.path());
        JsonNode first = known != null && Objects.equals(known.after(), part.before()) ? known.before() : part.before();
        changes.put(part.path(), new Change(first, part.after()));
    }

    /** Null for DayFlow. */
    @Nullable
    UUID side() {
        return side;
    }

    /** Whether the changes are those of the item, rather than of the side's own view of it. */
    boolean ofItem() {
        return ofItem;
    }

    boolean made() {
        return writes.getFirst().before() == null && writes.getLast().after() != null;
    }

    boolean deleted() {
        return writes.getFirst().before() != null && writes.getLast().after() == null;
    }

    /** What the side held after the last of the writes; null if nothing. */
    @Nullable
    Map<String, JsonNode> outcome() {
        return writes.getLast().after();
    }

    Instant lastAt() {
        return writes.getLast().at();
    }

    /** By path, those that are not to be taken back left out. */
    SortedMap<String, Change> changes(Set<String> without) {
        SortedMap<String, Change> left = new TreeMap<>(changes);
        left.keySet().removeAll(without);
        return left;
    }
}
