package io.dayflow.hub.server;

/** A CalDAV server answered with something else than success; carries its status and body. */
public final class DavException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    DavException(String request, int status, String body) {
        super(request + " answered " + status + ": " + body);
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String body() {
        return body;
    }
}
