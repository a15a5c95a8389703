package io.dayflow.hub.mapping;

import org.jspecify.annotations.Nullable;

/** A document that cannot be used. The message names file, line where it is known, and reason. */
public final class InvalidMapping extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String document;
    private final int line;
    private final String reason;

    /** @param line from 1; 0 where it is not known */
    InvalidMapping(String document, int line, String reason, @Nullable Throwable cause) {
        super(document + (line > 0 ? " line " + line : "") + ": " + reason, cause);
        this.document = document;
        this.line = line;
        this.reason = reason;
    }

    public String document() {
        return document;
    }

    /** From 1; 0 where it is not known. */
    public int line() {
        return line;
    }

    public String reason() {
        return reason;
    }
}
