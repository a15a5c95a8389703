package io.dayflow.hub.oauth;

import io.dayflow.hub.security.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a service gave for a code or a refresh token.
 *
 * @param refresh null where there is none
 * @param expiresAt when {@code access} ends; null where the service does not say
 */
public record TokenSet(
        Secret access, @Nullable Secret refresh, @Nullable Instant expiresAt, Scopes scopes) {}
