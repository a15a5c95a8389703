package io.dayflow.hub.security;

import java.util.UUID;

/**
 * On whose behalf a call is made. The principal of every authenticated call of the REST interface.
 *
 * @param userId the DayFlow user
 * @param operator whether the caller may also do what operators may
 * @param backend whether it is DayFlow's backend, which hands on to the user what it is answered
 */
public record Caller(UUID userId, boolean operator, boolean backend) {

    /** Somebody who calls with a token of their own, or is signed in. */
    public Caller(UUID userId, boolean operator) {
        this(userId, operator, false);
    }

    /**
     * Whether things of all users are the caller's without being asked for by name. Those of another user than the one whom
     * DayFlow's backend names are as if they were not there.
     */
    public boolean everybodys() {
        return operator && !backend;
    }
}
