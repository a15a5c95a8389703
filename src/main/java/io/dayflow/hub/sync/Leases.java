package io.dayflow.hub.sync;

import java.util.Optional;

/**
 * The right to work on something alone, so that any number of instances divide the work. A lease lasts
 * {@code hub.sync.lease-duration} of the store's time and is renewed by {@link #renew}; that of a dead instance runs out.
 * Thread-safe.
 */
public interface Leases {

    /** Takes the lease if nobody holds it. */
    Optional<Lease> take(String resource);

    /**
     * Makes sure, inside the caller's transaction, that the lease is still held, and keeps it from being taken over before
     * that transaction ends.
     *
     * @throws LeaseLost if it is not
     */
    void fence(Lease lease);

    /** Gives the lease back. */
    void release(Lease lease);

    /** Stops renewing the lease, which then runs out: for when the store itself cannot be told. */
    void forget(Lease lease);

    /** Renews every lease that this instance holds. */
    void renew();
}
