package io.dayflow.hub.security;

import java.util.UUID;

/**
 * On whose behalf a call is made. The principal of every authenticated call of the REST interface.
 *
 * @param userId the DayFlow user
 * @param operator whether the caller may also do what operators may
 */
public record Caller(UUID userId, boolean operator) {}
