package io.dayflow.hub.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;

/** Brings back what a decided conflict decided against. */
public interface BringBack {

    /**
     * Sets parts of the item as it is now, which is an edit that goes to every side; the record of the conflict stays.
     *
     * @param values by path, JSON null for nothing; {@code deleted} alone, true or false, deletes the item or restores it
     * @throws io.dayflow.hub.refusal.InvalidRequest if a value cannot be held, with the field as {@code values.<field>}
     * @throws io.dayflow.hub.refusal.NotFound if the user has no such conflict
     * @throws io.dayflow.hub.refusal.ConflictingState if the item is deleted, or is so already, or the
     *     account is disconnected
     */
    void bringBack(UUID userId, UUID conflictId, Map<String, JsonNode> values);
}
