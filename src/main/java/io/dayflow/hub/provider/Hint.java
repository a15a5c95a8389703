package io.dayflow.hub.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a webhook tells of one object, an element of what {@code <provider>.webhook} answers. Never more than a hint: it may
 * be late, repeated, lost or out of order.
 *
 * @param account which of the service's accounts it is about; null where the address of the webhook says it
 * @param collection the external id of the collection that the object is in; null where it does not tell
 * @param version null where it does not tell
 * @param gone whether the side says that the object was deleted
 * @param payload the object itself, where the webhook brings it whole; else it is fetched
 */
public record Hint(
        @Nullable String account,
        @Nullable String collection,
        String externalId,
        @Nullable String version,
        boolean gone,
        @Nullable String payload) {}
