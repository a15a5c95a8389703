package io.dayflow.hub.security;

/**
 * Says whether anything sealed is stored. The package that stores sealed credentials offers one as a bean, so that a hub
 * whose keyset was lost stops with an explanation instead of making a new one that opens nothing.
 */
public interface SealedCredentials {

    /** True when at least one sealed value is stored. Called once, at the start, before the vault exists. */
    boolean exist();
}
