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
        String cause) {

    public String operation() {
        if (before == null) {
            return "create";
        }
        return after == null ? "delete" : "update";
    }
}
