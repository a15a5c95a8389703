package io.dayflow.hub.provider;

import org.jspecify.annotations.Nullable;

/**
 * One object as read, an element of what {@code <provider>.get} answers.
 *
 * @param payload null if it is no longer there
 */
public record Fetched(
        String externalId,
        @Nullable String version,
        @Nullable String payload) {}
