package io.dayflow.hub.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How connections are: what their cards say, and when there is something to do for them, by the store's time. Methods take
 * part in the caller's transaction.
 */
public interface ConnectionStore {

    /**
     * How the last run or push of a connection ended.
     *
     * @param status {@code success}, {@code error} or {@code needs_reconnect}
     * @param code what is wrong, in one word; null where nothing is
     * @param failures runs that failed in a row
     * @param notBefore no request goes out earlier
     * @param next when the next run is due; null where none is until somebody asks
     * @param synced whether everything was read
     */
    record Outcome(
            String status,
            @Nullable String code,
            @Nullable String message,
            int failures,
            @Nullable Instant notBefore,
            @Nullable Instant next,
            boolean synced) {}

    /** How many dead letters a connection has: objects not read, and changes not written. */
    record Letters(long unread, long refused) {}

    /** Connections with a job to do, or whose scheduled run is due, and that nobody works on; those due longest first. */
    List<UUID> dueRuns();

    /** Connections with pending links that may be pushed now; while a job of theirs is paused, none may. */
    List<UUID> duePushes();

    /** Until when the service asked to be left alone, while that is not over. */
    Optional<Instant> notBefore(UUID connectionId);

    /** Whether it is time to ask the service again what collections there are; a run that finds one gone notices anyway. */
    boolean isListingDue(UUID connectionId);

    /** A run goes on. */
    void syncing(UUID connectionId);

    /** Nothing goes on, and nothing is known to be wrong. */
    void idle(UUID connectionId);

    /** A run, or the pushes of the connection, ended. What is wrong keeps its beginning while its code stays the same. */
    void ended(UUID connectionId, Outcome outcome);

    /** The hub waits for a person before it deletes. */
    void held(UUID connectionId, String reason);

    /**
     * Single pushes ended: says so, unless the card has something else to say that only a run can take back.
     *
     * @param code null where nothing is wrong
     */
    void pushed(UUID connectionId, @Nullable String code, @Nullable String message);

    /** How many runs failed in a row. */
    int failures(UUID connectionId);

    /** How many dead letters there are. */
    Letters letters(UUID connectionId);
}
