package io.dayflow.hub.refusal;

/** There is no such object for this caller: 404, whether it does not exist or is somebody else's. */
public final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the kind of object, for example {@code There is no such connection.} */
    public NotFound(String message) {
        super(message);
    }
}
