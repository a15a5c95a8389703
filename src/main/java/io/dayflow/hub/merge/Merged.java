package io.dayflow.hub.merge;

import io.dayflow.hub.item.View;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The outcome of a merge.
 *
 * @param view what the item is now, as the other side would hold it; at open paths it is what ours was
 * @param open conflicts that wait for a person, by path; no push may touch these paths ({@link ThreeWay#hold})
 * @param decided conflicts that the strategy decided, by path; {@code view} holds the winner
 * @param settled paths that were under an open conflict before and are not any more
 */
public record Merged(View view, List<FieldConflict> open, List<FieldConflict> decided, Set<String> settled) {

    public Merged {
        open = List.copyOf(open);
        decided = List.copyOf(decided);
        settled = Set.copyOf(settled);
    }

    /** The paths of the open conflicts. */
    public Set<String> heldPaths() {
        return open.stream().map(FieldConflict::path).collect(Collectors.toUnmodifiableSet());
    }
}
