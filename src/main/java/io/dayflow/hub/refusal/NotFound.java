package io.dayflow.hub.refusal;

/** Nothing of that id belongs to the caller, whether or not it belongs to somebody else (status 404). */
public final class NotFound extends RuntimeException {

    /** @param what what was looked for, for example {@code "job"}; no id of somebody else's */
    public NotFound(String what) {
        super("There is no such " + what);
    }
}
