package io.dayflow.hub.webhook;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hint that waits, without its payload.
 *
 * @param fat whether it has one
 * @param attempts how often work on it failed
 */
record WaitingHint(
        UUID id,
        String externalId,
        @Nullable String collection,
        @Nullable String version,
        boolean gone,
        boolean fat,
        int attempts) {}
