package io.dayflow.hub.provider;

import io.dayflow.hub.storage.Nul;
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

    /** No id of a service is longer. */
    private static final int LONGEST = 2000;

    public Hint {
        account = account == null ? null : plain("account", account);
        collection = collection == null ? null : plain("collection", collection);
        externalId = plain("external id", externalId);
        version = version == null ? null : plain("version", version);
        payload = Nul.outOfOrNull(payload);
        if (externalId.isBlank()) {
            throw new IllegalArgumentException("a hint names the object by its external id");
        }
    }

    private static String plain(String what, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("the hint's " + what + " is longer than " + LONGEST + " characters");
        }
        return Nul.outOf(text);
    }
}
