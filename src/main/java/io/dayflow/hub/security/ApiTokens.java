package io.dayflow.hub.security;

import java.util.Optional;

/** Tokens that users made for their own scripts. Offered as a bean, they are asked after the service token. */
public interface ApiTokens {

    /** The caller whom the presented token stands for, if it is a valid one. */
    Optional<Caller> callerOf(Secret presented);
}
