package io.dayflow.hub.refusal;

import java.io.IOException;

/** The body of a request is over the limit, as announced or as noticed while it is read. */
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param limit in bytes */
    public BodyTooLarge(long limit) {
        super("The body is larger than " + limit + " bytes.");
    }
}
