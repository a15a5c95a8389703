package io.dayflow.hub.sync;

import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Provider;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that this instance works on, under a lease.
 *
 * @param full whether every object is looked at anew, whatever the cursors say
 * @param forecast what it has found so far where it only says what it would do; else null
 * @param scheduled whether nobody asked for it
 * @param listsCollections whether the service is asked what collections there are
 */
public record Run(
        Lease lease,
        UUID jobId,
        Profile profile,
        Settings settings,
        Provider provider,
        boolean full,
        @Nullable Forecast forecast,
        boolean scheduled,
        boolean listsCollections) {

    /** Whether it only says what it would do. */
    public boolean preview() {
        return forecast != null;
    }

    public ConnectionRef connection() {
        return profile.connection();
    }
}
