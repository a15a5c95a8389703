package io.dayflow.hub.simulation;

import io.dayflow.hub.sync.LeaseLost;

/** Tells what may go wrong in a hub from what never should. */
final class Unexpected {

    private Unexpected() {}

    /**
     * Gives the exception back where somebody else taking over explains it.
     *
     * @throws BrokenLaw if nothing does
     */
    static RuntimeException checked(RuntimeException e) {
        if (e instanceof LeaseLost) {
            return e;
        }
        if (e instanceof BrokenLaw broken) {
            throw broken;
        }
        throw new BrokenLaw(Law.NO_ERROR, "the engine threw " + e, e);
    }
}
