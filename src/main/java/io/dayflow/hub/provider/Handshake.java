package io.dayflow.hub.provider;

import org.jspecify.annotations.Nullable;

/**
 * How a service asks, before it tells of changes, whether the hub answers at the address that it was given.
 *
 * @param query the parameter of a POST without a body whose value is the answer; null where it does not ask so
 * @param body the signed body that holds the answer; null where it does not ask so
 * @param head whether it asks by HEAD, and is content with 200
 */
public record Handshake(@Nullable String query, @Nullable Challenge body, boolean head) {

    /**
     * A body that holds its own answer.
     *
     * @param type what its field {@code type} says
     * @param answer the field whose text is the answer
     * @param signature how it proves that it comes from the service, as everything else does that the service sends
     */
    public record Challenge(String type, String answer, Provider.Signature signature) {}
}
