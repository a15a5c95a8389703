package io.dayflow.hub.sync;

/** Somebody else works on it now; what was not committed is given up. */
public final class LeaseLost extends RuntimeException {

    public LeaseLost(Lease lease) {
        super("the lease on " + lease.resource() + " was taken over");
    }
}
