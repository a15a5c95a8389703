package io.dayflow.hub.api;

import java.io.IOException;

/** The body of a request grew over the limit while it was read. */
final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(long limit) {
        super("The body is larger than " + limit + " bytes.");
    }
}
