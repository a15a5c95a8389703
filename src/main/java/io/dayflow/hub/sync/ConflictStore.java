package io.dayflow.hub.sync;

import java.util.Optional;
import java.util.UUID;

/** Conflicts as those who decide them name them. Methods take part in the caller's transaction. */
public interface ConflictStore {

    /** Where a conflict lies, and whether it is open still. */
    record Place(UUID itemId, UUID linkId, UUID connectionId, boolean open) {}

    /** A conflict of the user. */
    Optional<Place> find(UUID userId, UUID conflictId);

    /**
     * A person decided it so.
     *
     * @param resolution {@code keep_dayflow}, {@code keep_external} or {@code merge}
     */
    void decided(UUID conflictId, String resolution);
}
