package io.dayflow.hub.sync;

import io.dayflow.hub.link.Count;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs, as the work on them writes them. Methods take part in the caller's transaction, where there is one. */
public interface JobStore {

    /**
     * A job that is to be worked on.
     *
     * @param preview whether it only says what it would do
     */
    record Open(UUID id, Mode mode, boolean preview) {}

    /** How much a run looks at. */
    enum Mode {
        /** What is new. */
        INCREMENTAL,
        /** Everything anew. */
        FULL,
        /** What is new, then both sides anew, compared with what was last agreed. */
        SWEEP;

        public static Mode of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** Begins, or goes on with, the connection's pending or running job; what is to come is counted anew. */
    Optional<Open> open(UUID connectionId);

    /** Makes a job that nobody asked for and begins it. */
    void schedule(UUID jobId, UUID connectionId, UUID userId);

    /** Asks for a run, unless the connection has one open. */
    void request(UUID jobId, UUID connectionId, UUID userId);

    /**
     * Makes a job that waits for a person.
     *
     * @param operation {@code incremental_sync} or {@code webhook}: what met too many deletions
     */
    void ask(UUID jobId, UUID connectionId, UUID userId, String operation, String reason);

    /** Adds to the job's counts and to what it has done. */
    void add(UUID jobId, Map<Count, Long> counts, long done);

    /** So much more is to come. */
    void expect(UUID jobId, long more);

    /** What a person asked of the running job: {@code pause}, {@code cancel}, or nothing. */
    String control(UUID jobId);

    /** The job, if it is still open, is now {@code status}. */
    void end(UUID jobId, String status, @Nullable String errorType, @Nullable String message);

    /** Whether a job of the connection waits for a person. */
    boolean isHeld(UUID connectionId);

    /** What the connection's held job asks, if there is one. */
    Optional<String> question(UUID connectionId);

    /** Nobody needs to answer the connection's held jobs any more. */
    void releaseHeld(UUID connectionId);

    /** As if the job had never been, unless somebody asked for a run while it went on; true if it is gone. */
    boolean forget(UUID jobId);

    /** Forgets a job that found and did nothing, unless somebody asked for a run while it went on. */
    void forgetIfEmpty(UUID jobId);

    /** Notes what a preview foresees. */
    void preview(UUID jobId, List<Foreseen> foreseen);

    /** As if the preview had not begun. */
    void forgetPreview(UUID jobId);

    /** @throws RunStopped if a person asked to pause or cancel */
    default void obey(UUID jobId) {
        switch (control(jobId)) {
            case "pause" -> throw new RunStopped("paused");
            case "cancel" -> throw new RunStopped("cancelled");
            default -> {}
        }
    }
}
