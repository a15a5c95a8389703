package io.dayflow.hub.provider;

import org.jspecify.annotations.Nullable;

/** How a push ended, where it did not fault. */
public sealed interface Pushed {

    /**
     * The side holds it.
     *
     * @param version null where the side did not tell; it is then read back
     * @param payload the object as written
     */
    record Written(
            String externalId,
            String part,
            @Nullable String version,
            @Nullable String payload) implements Pushed {}

    /** The side no longer holds it, as asked. */
    record Deleted() implements Pushed {}

    /**
     * The side holds something else than was last seen, or already something in this place: it is read and merged again.
     *
     * @param externalId where to read
     */
    record Stale(String externalId) implements Pushed {}

    /** The side no longer holds what was to be changed. */
    record Gone() implements Pushed {}
}
