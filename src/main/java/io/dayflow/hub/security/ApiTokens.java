package io.dayflow.hub.security;

import java.util.Optional;

/** Tokens that users made for their own scripts. Offered as a bean, they are asked after the service token. */
public interface ApiTokens {

    /** What the presented token permits, if it is a valid one. Takes the same steps for every wrong one. */
    Optional<Permit> permitOf(Secret presented);
}
