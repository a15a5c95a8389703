package io.dayflow.hub.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;

/** Carries a decision out. */
public interface ResolveConflict {

    /**
     * Sets the fields, closes the conflict and has the sides brought up to date, in one transaction.
     *
     * @param values for {@link Resolution#MERGE}: what fields are to hold, JSON null for nothing; every one of them is in
     *     conflict. Empty for the other resolutions
     * @return false if the item was edited since the conflict was last shown: the conflict shows that from now on, and nothing
     *     is decided
     * @throws io.dayflow.hub.refusal.InvalidRequest if a value cannot be held, with the field as {@code values.<field>}
     * @throws io.dayflow.hub.refusal.NotFound if the user has no such conflict
     * @throws io.dayflow.hub.refusal.ConflictingState if it is not open
     */
    boolean resolve(UUID userId, UUID conflictId, Resolution resolution, Map<String, JsonNode> values);
}
