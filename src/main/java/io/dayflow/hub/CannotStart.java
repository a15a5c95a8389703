package io.dayflow.hub;

/** The hub cannot start and a person can change that: the message says what is wrong and what to do, without secrets. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    /** With a cause that helps and holds no secret. */
    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
