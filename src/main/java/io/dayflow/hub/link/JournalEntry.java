package io.dayflow.hub.link;

import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One write of the hub.
 *
 * @param connectionId the side written to; null for DayFlow
 * @param before null for a create
 * @param after null for a delete
 * @param itemBefore of an update of DayFlow the parts of the item that changed with it, richer than the row can tell; null
 *     for other writes
 * @param itemAfter the same parts afterwards
 * @param cause a short word for why, for example {@code sync}, {@code push}, {@code resolution}
 */
public record JournalEntry(
        Instant at,
        UUID userId,
        @Nullable UUID jobId,
        UUID itemId,
        @Nullable UUID connectionId,
        @Nullable View before,
        @Nullable View after,
        @Nullable View itemBefore,
        @Nullable View itemAfter,
        String cause) {

    /** A write that tells all there is to tell by itself. */
    public JournalEntry(
            Instant at,
            UUID userId,
            @Nullable UUID jobId,
            UUID itemId,
            @Nullable UUID connectionId,
            @Nullable View before,
            @Nullable View after,
            String cause) {
        this(at, userId, jobId, itemId, connectionId, before, after, null, null, cause);
    }

    public String operation() {
        if (before == null) {
            return "create";
        }
        return after == null ? "delete" : "update";
    }
}
