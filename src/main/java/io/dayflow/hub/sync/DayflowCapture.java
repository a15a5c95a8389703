package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was captured of changes that others made in DayFlow. Methods take part in the caller's transaction. */
public interface DayflowCapture {

    /**
     * A captured change.
     *
     * @param kind of the row; null where the user themselves changed
     * @param rowId of the row, or the user's id
     */
    record Change(UUID userId, @Nullable Kind kind, UUID rowId, Instant at) {}

    /** Takes the oldest changes that no other transaction is at; they are gone when the caller's transaction commits. */
    List<Change> take(int limit);

    /**
     * Lets one transaction at a time take in a user's rows, in whichever instance: else two that each hold a change of the
     * same new row would both make an item of it.
     */
    void alone(UUID userId);

    /** Which of these rows have captured changes that nobody has taken yet. */
    Set<UUID> waiting(Collection<UUID> rowIds);

    /** Whether the hub holds items of the user. */
    boolean hasItems(UUID userId);

    /** Items of the user whose rows were last read or written in another zone than this. */
    List<UUID> inOtherZone(UUID userId, ZoneId zone);
}
