package io.dayflow.hub.routing;

/** A route file that cannot be used. */
final class RefusedRoutes extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line from 1; 0 where it is not known */
    RefusedRoutes(int line, String reason) {
        super(reason);
        this.line = line;
    }

    int line() {
        return line;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
