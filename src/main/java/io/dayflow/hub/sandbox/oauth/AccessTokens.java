package io.dayflow.hub.sandbox.oauth;

import java.time.Instant;
import java.util.Optional;

/** What a service's API knows of the tokens that its authorization server gave. Thread-safe. */
public interface AccessTokens {

    /**
     * A token that was given.
     *
     * @param ended whether its time is over
     */
    record Access(String account, Instant issuedAt, boolean ended) {}

    /** Empty where the service never gave such a token, or it was revoked. */
    Optional<Access> find(String service, String token);
}
