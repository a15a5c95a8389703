package io.dayflow.hub.provider;

import java.nio.file.Path;

/** A file in {@code config/providers} that cannot be used. The message names file, line, key and what is accepted. */
public final class InvalidProviderFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    /** @param line from 1; 0 where it is not known */
    InvalidProviderFile(Path file, int line, String reason) {
        super(file + (line > 0 ? " line " + line : "") + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** From 1; 0 where it is not known. */
    public int line() {
        return line;
    }

    /** Without the file's name. */
    public String reason() {
        return reason;
    }
}
