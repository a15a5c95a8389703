package io.dayflow.hub.refusal;

/** The object is not in a state in which this can be done: 409. */
public final class ConflictingState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message says which state the object is in and when the call would be possible */
    public ConflictingState(String message) {
        super(message);
    }
}
