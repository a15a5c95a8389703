package io.dayflow.hub.conflict;

import java.util.Set;
import java.util.UUID;

/** Settles fields of a connection once and for all. */
public interface SettleAlways {

    /**
     * From now on these fields are decided so, and nobody is asked.
     *
     * @param fields names of fields, {@code deleted} among them
     * @param resolution {@link Resolution#KEEP_DAYFLOW} or {@link Resolution#KEEP_EXTERNAL}
     * @throws io.dayflow.hub.refusal.NotFound if the user has no such connection
     * @throws io.dayflow.hub.refusal.InvalidRequest if one of them cannot be decided so
     */
    void settle(UUID userId, UUID connectionId, Set<String> fields, Resolution resolution);
}
