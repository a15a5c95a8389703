package io.dayflow.hub.call;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The credentials of connections: those being tried, then those stored. Thread-safe if its source is. */
public final class Credentials {

    private final TrialCredentials trial;
    private final CredentialSource stored;

    public Credentials(TrialCredentials trial, CredentialSource stored) {
        this.trial = trial;
        this.stored = stored;
    }

    /** The credential to send for a connection, or null where there is none. */
    public @Nullable Credential find(UUID connectionId) {
        Credential tried = trial.find(connectionId);
        return tried != null ? tried : stored.find(connectionId);
    }

    /** Whether another credential is at hand after a 401. One that is being tried is never refreshed. */
    public boolean refresh(UUID connectionId, @Nullable Credential refused) {
        return trial.find(connectionId) == null && stored.refresh(connectionId, refused);
    }
}
