package io.dayflow.hub.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a service's webhook says about one object: something happened to it. An element of what {@code <provider>.webhook}
 * answers. Hints may come late, in any order, more than once, or not at all.
 *
 * @param account which account it is about, in the words of the connection's endpoint that the provider's file names;
 *     null where the delivery does not tell
 * @param collection external id of the collection that the object is in; null where the delivery does not tell
 * @param version the object's version; null where the delivery does not tell
 * @param gone whether the service says that it was deleted. The service is asked before anything follows from it
 * @param payload the object itself, as {@code <provider>.get} would bring it; null where it must be fetched
 */
public record Hint(
        @Nullable String account,
        @Nullable String collection,
        String externalId,
        @Nullable String version,
        boolean gone,
        @Nullable String payload) {

    public Hint {
        if (externalId.isBlank()) {
            throw new IllegalArgumentException("a hint names the object by its external id");
        }
    }
}
