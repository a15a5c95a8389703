package io.dayflow.hub.provider;

/** A file in {@code config/providers} that cannot be used. The message names file, line, key and what is accepted. */
public final class InvalidProviderFile extends RuntimeException {

    public InvalidProviderFile(String message) {
        super(message);
    }
}
