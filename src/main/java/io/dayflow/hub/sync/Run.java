package io.dayflow.hub.sync;

import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Provider;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that this instance works on, under a lease.
 *
 * @param mode how much it looks at
 * @param forecast what it has found so far where it only says what it would do; else null
 * @param scheduled whether nobody asked for it
 * @param listsCollections whether the service is asked what collections there are
 * @param rewinds how often collections of the connection were rewound before it began, or went on
 */
public record Run(
        Lease lease,
        UUID jobId,
        Profile profile,
        Settings settings,
        Provider provider,
        JobStore.Mode mode,
        @Nullable Forecast forecast,
        boolean scheduled,
        boolean listsCollections,
        long rewinds) {

    /** Whether every object is looked at anew, whatever the cursors say. A preview of a sweep foresees no more than that. */
    public boolean full() {
        return mode == JobStore.Mode.FULL || mode == JobStore.Mode.SWEEP && preview();
    }

    /** Whether it compares what both sides hold with what was last agreed, beside taking in what is new. */
    public boolean sweeps() {
        return mode == JobStore.Mode.SWEEP && !preview();
    }

    /** What the journal says of its writes. */
    String cause() {
        return sweeps() ? Sweep.CAUSE : "sync";
    }

    /** Whether it only says what it would do. */
    public boolean preview() {
        return forecast != null;
    }

    public ConnectionRef connection() {
        return profile.connection();
    }
}
