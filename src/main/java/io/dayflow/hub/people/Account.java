package io.dayflow.hub.people;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of hub.account.
 *
 * @param userId the DayFlow user; null for the first operator, who is nobody in DayFlow
 * @param passwordHash null where the account signs in by an issuer only
 * @param passwordSetAt to microseconds, as the database keeps it; null where it never was set
 */
record Account(
        UUID id,
        String name,
        @Nullable UUID userId,
        Role role,
        @Nullable String passwordHash,
        @Nullable Instant passwordSetAt,
        @Nullable Instant disabledAt) {

    boolean enabled() {
        return disabledAt == null;
    }

    SignedIn signedIn() {
        return new SignedIn(id, name, userId, role == Role.OPERATOR, passwordSetAt);
    }
}
