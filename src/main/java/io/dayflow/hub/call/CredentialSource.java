package io.dayflow.hub.call;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the credentials of connections are kept. Thread-safe; asked once for every request. */
public interface CredentialSource {

    /** The credential of a connection, or null where none is kept. */
    @Nullable
    Credential find(UUID connectionId);

    /**
     * Asks for a fresh credential after a 401. Called at most once in an attempt.
     *
     * @param refused the one that was sent: where another is at hand already, that one does
     * @return whether {@link #find} now gives another credential, so that the request is worth sending again
     */
    default boolean refresh(UUID connectionId, @Nullable Credential refused) {
        return false;
    }
}
