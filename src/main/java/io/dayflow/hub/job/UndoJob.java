package io.dayflow.hub.job;

import java.util.UUID;

/** Takes a job back. Where no bean of this type exists, undo is not offered. */
public interface UndoJob {

    /**
     * Starts a job that writes the <i>before</i> values of a job back as a new edit.
     *
     * @return the new job
     */
    UUID undo(UUID userId, UUID jobId);
}
