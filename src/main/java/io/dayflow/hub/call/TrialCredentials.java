package io.dayflow.hub.call;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Credentials that are being tried before they are stored. Held in memory only, and asked before stored ones. Thread-safe. */
public final class TrialCredentials {

    private final ConcurrentMap<UUID, Credential> credentials = new ConcurrentHashMap<>();

    /** Makes a credential known until {@link #remove}; an earlier one of the same connection is replaced. */
    public void put(UUID connectionId, Credential credential) {
        credentials.put(connectionId, credential);
    }

    /** Forgets a credential. Call it in a {@code finally}. */
    public void remove(UUID connectionId) {
        credentials.remove(connectionId);
    }

    @Nullable
    Credential find(UUID connectionId) {
        return credentials.get(connectionId);
    }
}
