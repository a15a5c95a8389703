package io.dayflow.hub.sync;

import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Provider;
import java.util.UUID;

/**
 * A job that this instance works on, under a lease.
 *
 * @param full whether every object is looked at anew, whatever the cursors say
 * @param preview whether it only says what it would do
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
        boolean preview,
        boolean scheduled,
        boolean listsCollections) {

    public ConnectionRef connection() {
        return profile.connection();
    }
}
