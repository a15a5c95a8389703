package io.dayflow.hub.sync;

/** When each connection is swept by itself. */
public interface SweepSchedule {

    /**
     * Asks for the sweeps that are due, a few at a time, so that many connections do not do it at once. A connection is swept
     * within {@code hub.sync.sweep-interval} of the last time, on one instance only, and not while it has another job open; one
     * whose sweep failed is tried again after an hour.
     *
     * @return how many there are
     */
    int start();
}
