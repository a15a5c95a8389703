package io.dayflow.hub.merge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of an item that one side deleted while the other edited it. */
public enum DeleteEdit {
    /** A person decides; until then nothing is written. */
    ASK,
    /** The deletion holds on both sides. */
    DELETE,
    /** The edited item is made again where it was deleted. */
    KEEP;

    /**
     * Decides between a deletion on one side and an edit on the other.
     *
     * <p>{@link Strategy#LATEST} takes the later of both; a time that is not known counts as the oldest, and a tie goes to
     * what DayFlow did.
     *
     * @param editedAt when the item was last edited on the side that still has it; null when not known
     * @param deletedAt when the other side deleted it; null when not known
     * @param deletedOnService whether it was deleted on the connected service and edited in DayFlow; else it was the other
     *     way round
     */
    public static DeleteEdit decide(
            Strategy strategy, @Nullable Instant editedAt, @Nullable Instant deletedAt, boolean deletedOnService) {
        return switch (strategy) {
            case MANUAL -> ASK;
            case SOURCE -> deletedOnService ? DELETE : KEEP;
            case DAYFLOW -> deletedOnService ? KEEP : DELETE;
            case MERGE -> KEEP;
            case LATEST -> {
                int order = orOldest(deletedAt).compareTo(orOldest(editedAt));
                yield order > 0 || order == 0 && !deletedOnService ? DELETE : KEEP;
            }
        };
    }

    private static Instant orOldest(@Nullable Instant time) {
        return time == null ? Instant.MIN : time;
    }
}
