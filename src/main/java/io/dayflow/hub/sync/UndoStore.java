package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.job.NotRestored;
import io.dayflow.hub.link.Count;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an undo reads of earlier work, and what it leaves of its own. Methods take part in the caller's transaction. */
public interface UndoStore {

    /** A job that might be taken back. */
    record Job(UUID connectionId, String status, boolean preview) {}

    /**
     * A write of the hub.
     *
     * @param connectionId the side; null for DayFlow
     * @param before the fields that it replaced; null for a create
     * @param after null for a delete
     * @param itemBefore of an update of DayFlow the parts of the item that changed with it, where they are known
     * @param itemAfter the same parts afterwards
     */
    record Write(
            UUID itemId,
            @Nullable UUID connectionId,
            @Nullable Map<String, JsonNode> before,
            @Nullable Map<String, JsonNode> after,
            @Nullable Map<String, JsonNode> itemBefore,
            @Nullable Map<String, JsonNode> itemAfter,
            Instant at) {}

    /** A write, and the connection that it was made for. */
    record Entry(Write write, UUID connectionId) {}

    /**
     * What an undo writes on one side, or why it does not.
     *
     * @param connectionId the side; null for DayFlow
     * @param operation {@code create}, {@code update} or {@code delete}
     * @param before what is there now; of what is left, only the fields that are
     * @param after what is there afterwards, or would be
     * @param left null where it is written
     */
    record Step(
            UUID itemId,
            String title,
            @Nullable UUID connectionId,
            String operation,
            @Nullable Map<String, JsonNode> before,
            @Nullable Map<String, JsonNode> after,
            @Nullable NotRestored left) {}

    /**
     * An undo that is over.
     *
     * @param undoes the job that was taken back; null where it was one write
     * @param undoesEntry that write
     * @param items how many items it looked at
     */
    record Undone(
            UUID jobId,
            UUID connectionId,
            UUID userId,
            @Nullable UUID undoes,
            @Nullable Long undoesEntry,
            boolean preview,
            Instant at,
            long items,
            Map<Count, Long> counts,
            List<Step> steps) {}

    /** A job of the user. */
    Optional<Job> job(UUID userId, UUID jobId);

    /** What a job wrote on any side, oldest first; of an undo also what it leaves to be pushed. */
    List<Write> writes(UUID userId, UUID jobId);

    /** One entry of the user's journal that is a write. */
    Optional<Entry> entry(UUID userId, long entryId);

    /** Keeps the job. */
    void add(Undone undone);
}
