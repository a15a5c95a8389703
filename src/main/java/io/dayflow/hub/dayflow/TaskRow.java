package io.dayflow.hub.dayflow;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as DayFlow holds it.
 *
 * @param dueOnDay whether it is due on a day rather than at a time: DayFlow tells days by the user's midnight
 * @param reminder minutes before; null: none
 * @param updatedAt tells whether it changed since it was read
 */
public record TaskRow(
        UUID id,
        String title,
        @Nullable String notes,
        String status,
        String priority,
        @Nullable Instant due,
        boolean dueOnDay,
        @Nullable Instant completedAt,
        @Nullable String category,
        List<String> tags,
        @Nullable Repeat repeat,
        @Nullable Integer reminder,
        Instant updatedAt) {

    public TaskRow {
        tags = List.copyOf(tags);
    }

    /** Whether nothing is left to do. */
    public boolean isOver() {
        return status.equals("completed") || status.equals("cancelled");
    }
}
