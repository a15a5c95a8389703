package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A place that the sides hold differently and that one of them lost, or that waits for a person.
 *
 * @param path a path of {@link Paths}
 * @param base what both last agreed on; null where it was absent
 * @param ours the hub's value; null where absent
 * @param theirs the other side's value; null where absent
 * @param suggestion the side that was edited later; null when neither time is known
 */
public record FieldConflict(
        String path,
        @Nullable JsonNode base,
        @Nullable JsonNode ours,
        @Nullable JsonNode theirs,
        @Nullable Suggestion suggestion) {

    /** The field that the path lies in. */
    public String field() {
        return Paths.field(path);
    }
}
