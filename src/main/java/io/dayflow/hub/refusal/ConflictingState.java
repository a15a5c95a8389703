package io.dayflow.hub.refusal;

/** What was asked for does not fit the present state (status 409). The message names the state and what is allowed. */
public final class ConflictingState extends RuntimeException {

    public ConflictingState(String message) {
        super(message);
    }
}
