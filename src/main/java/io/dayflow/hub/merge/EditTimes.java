package io.dayflow.hub.merge;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each side's values were last edited by a person, as far as known. A time that is not known counts as the oldest.
 *
 * @param ours per path or per field of the hub's own item
 * @param oursElse for fields that {@code ours} does not name
 * @param theirs per path or per field of the other side
 * @param theirsElse for fields that {@code theirs} does not name
 */
public record EditTimes(
        Map<String, Instant> ours,
        @Nullable Instant oursElse,
        Map<String, Instant> theirs,
        @Nullable Instant theirsElse) {

    /** Nothing is known: ties, which go to ours. */
    public static final EditTimes UNKNOWN = new EditTimes(Map.of(), null, Map.of(), null);

    public EditTimes {
        ours = Map.copyOf(ours);
        theirs = Map.copyOf(theirs);
    }

    /** One time for everything on each side. */
    public static EditTimes of(@Nullable Instant ours, @Nullable Instant theirs) {
        return new EditTimes(Map.of(), ours, Map.of(), theirs);
    }

    /** The same times seen from the other side. */
    public EditTimes swapped() {
        return new EditTimes(theirs, theirsElse, ours, oursElse);
    }

    @Nullable
    Instant ours(String path) {
        return lookUp(ours, oursElse, path);
    }

    @Nullable
    Instant theirs(String path) {
        return lookUp(theirs, theirsElse, path);
    }

    private static @Nullable Instant lookUp(Map<String, Instant> times, @Nullable Instant otherwise, String path) {
        Instant exact = times.get(path);
        if (exact != null) {
            return exact;
        }
        Instant field = times.get(Paths.field(path));
        return field != null ? field : otherwise;
    }
}
