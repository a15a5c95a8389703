package io.dayflow.hub.security;

import java.util.UUID;

/**
 * What a token of somebody's own lets its holder do.
 *
 * @param tokenId names the token, for counting and for the audit trail; it opens nothing
 * @param caller for whom; an operator's may name another user with each call
 * @param mayWrite whether calls may change anything
 */
public record Permit(UUID tokenId, Caller caller, boolean mayWrite) {}
