package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The three-way merge of views, by path (see {@link Paths}): what one side changed since the base is taken, what both
 * changed alike is agreed, what both changed differently is a conflict.
 *
 * <p>Guarantees, for views of valid items: the result is a view of a valid item; a value that one side changed is in the
 * result or in a reported conflict with both values; a merge of sides that agree changes nothing.
 *
 * <p>Paths that only make sense together go together where they would not otherwise: the start and end of an event,
 * status, completion and progress of a task, an occurrence that one side cancels and the other changes, exceptions of a
 * series that one side ended. Then all of them that differ are reported, also those that only one side changed, and one
 * strategy decides them all: that of the status where it differs, else of their strategies the one that gives way least
 * ({@link Strategies#together}).
 *
 * <p>An exception that only moved along when one side moved its series counts as unchanged: where the other side took it
 * away, it is gone, and reported as decided.
 */
public final class ThreeWay {

    private ThreeWay() {}

    /** A merge where no conflict is open from before. */
    public static Merged merge(View base, View ours, View theirs, Strategies strategies, EditTimes times) {
        return merge(base, ours, theirs, strategies, times, Map.of());
    }

    /**
     * Merges what two sides hold.
     *
     * @param base what both last agreed on
     * @param ours the hub's item, as the other side would hold it
     * @param theirs what the other side holds
     * @param strategies what decides each field that both changed differently
     * @param heldBase for each path under an open conflict what both last agreed on there (empty: it was absent), which
     *     counts instead of {@code base}
     * @throws IllegalArgumentException if the views are not of one kind
     */
    public static Merged merge(
            View base,
            View ours,
            View theirs,
            Strategies strategies,
            EditTimes times,
            Map<String, Optional<JsonNode>> heldBase) {
        if (base.kind() != ours.kind() || ours.kind() != theirs.kind()) {
            throw new IllegalArgumentException(
                    "only views of one kind merge, not of " + base.kind().id() + ", "
                            + ours.kind().id() + " and " + theirs.kind().id());
        }
        return new Merge(base, ours, theirs, strategies, times, heldBase).outcome();
    }

    /**
     * What may be pushed while conflicts are open: {@code desired}, but at the held paths what the side was seen to hold.
     *
     * @param heldPaths paths, or names of fields that are held whole
     */
    public static View hold(View desired, View seen, Collection<String> heldPaths) {
        SortedMap<String, JsonNode> parts = Paths.flatten(desired);
        parts.keySet().removeIf(path -> isHeld(path, heldPaths));
        Paths.flatten(seen).forEach((path, value) -> {
            if (isHeld(path, heldPaths)) {
                parts.put(path, value);
            }
        });
        return Paths.unflatten(desired.kind(), parts);
    }

    /**
     * What both sides knew when a write is seen that nobody answered: {@code base}, but each part of what was sent as the
     * side is seen to hold it, in the service's own form if it has one.
     */
    public static View arrived(View base, View sent, View seen) {
        SortedMap<String, JsonNode> known = Paths.flatten(base);
        SortedMap<String, JsonNode> there = Paths.flatten(seen);
        SortedMap<String, JsonNode> written = Paths.flatten(sent);
        // an element that was sent in another form, and is there in none, was taken away by somebody else
        known.keySet()
                .removeIf(path -> !written.containsKey(path)
                        && !there.containsKey(path)
                        && (Normalised.element(path, written) == null || Normalised.element(path, there) != null));
        there.forEach((path, seenThere) -> {
            JsonNode value = written.get(path);
            boolean arrived = value == null
                    ? !known.containsKey(path) && Normalised.element(path, written) != null
                    : !seenThere.equals(known.get(path)) && Normalised.of(value, seenThere);
            if (arrived) {
                known.put(path, seenThere);
            }
        });
        return Paths.unflatten(base.kind(), known);
    }

    /**
     * What both sides knew when the side answers a write: {@code base}, but where ours was changed since, what the side made
     * of the write. So that nobody has edited it there, and ours stands.
     */
    public static View answered(View base, View ours, View seen) {
        SortedMap<String, JsonNode> known = Paths.flatten(base);
        SortedMap<String, JsonNode> wanted = Paths.flatten(ours);
        SortedMap<String, JsonNode> there = Paths.flatten(seen);
        Set<String> paths = new TreeSet<>(known.keySet());
        paths.addAll(wanted.keySet());
        paths.addAll(there.keySet());
        for (String path : paths) {
            JsonNode value = there.get(path);
            if (Objects.equals(known.get(path), wanted.get(path))) {
                continue;
            }
            if (value == null) {
                known.remove(path);
            } else {
                known.put(path, value);
            }
        }
        return Paths.unflatten(base.kind(), known);
    }

    private static boolean isHeld(String path, Collection<String> heldPaths) {
        return heldPaths.contains(path) || heldPaths.contains(Paths.field(path));
    }
}
