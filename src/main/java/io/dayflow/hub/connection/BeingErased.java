package io.dayflow.hub.connection;

import io.dayflow.hub.refusal.ConflictingState;
import java.util.UUID;

/** Whether a user's data are being erased: nothing new is kept of them then. */
public interface BeingErased {

    /** @throws ConflictingState if they are */
    void refuse(UUID userId);
}
