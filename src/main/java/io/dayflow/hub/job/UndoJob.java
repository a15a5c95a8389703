package io.dayflow.hub.job;

import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.util.UUID;

/**
 * Takes back what the hub wrote: a run, or one write. The values from before are written as a new edit, through the same
 * merge as any other, so that nothing is destroyed that came later; what cannot be restored is named among the changes of
 * the job that does it, or that shows it.
 */
public interface UndoJob {

    /**
     * Takes a job back. Done twice, it changes nothing more; the job that it makes can itself be taken back.
     *
     * @param preview only to say what would be written, and what cannot be restored
     * @return the new job, which is over
     * @throws NotFound if the user has no such job
     * @throws ConflictingState if the job is not over, or wrote nothing because it is a preview
     */
    UUID undo(UUID userId, UUID jobId, boolean preview);

    /**
     * Takes one write back.
     *
     * @param entryId of the journal
     * @param preview only to say what would be written, and what cannot be restored
     * @return the new job, which is over
     * @throws NotFound if the user's journal has no such entry
     * @throws ConflictingState if the entry is about a copy that moved away, which is no write
     */
    UUID undoEntry(UUID userId, long entryId, boolean preview);
}
