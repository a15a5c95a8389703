package io.dayflow.hub.simulation;

/** An instance dies here: nothing that catches exceptions of the hub may catch this. */
final class Crash extends Error {

    Crash() {
        super("the instance died", null, false, false);
    }
}
