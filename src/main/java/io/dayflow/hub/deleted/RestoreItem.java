package io.dayflow.hub.deleted;

import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.util.UUID;

/** Takes a deletion back: an edit like any other, which then goes to every side. */
public interface RestoreItem {

    /**
     * Brings a deleted item back to DayFlow, with the id that its row had, and to the services that had it.
     *
     * @throws NotFound if the user has, or the hub keeps, no such item
     * @throws ConflictingState if it is not deleted, or a conflict asks whether it is to be
     */
    void restore(UUID userId, UUID itemId);
}
