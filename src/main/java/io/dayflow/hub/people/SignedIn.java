package io.dayflow.hub.people;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Somebody who has signed in to the pages: the principal of a session, read anew from the account with every request.
 *
 * @param name what was signed in with
 * @param userId the DayFlow user; null for the first operator
 * @param passwordSetAt when the password was set that the account had when it was read: a session goes with that one only
 */
public record SignedIn(
        UUID accountId,
        String name,
        @Nullable UUID userId,
        boolean operator,
        @Nullable Instant passwordSetAt) {

    /** What the security rules ask for. */
    List<GrantedAuthority> authorities() {
        return AuthorityUtils.createAuthorityList(
                operator ? List.of("ROLE_USER", "ROLE_OPERATOR") : List.of("ROLE_USER"));
    }

    /** How the audit trail names this person: the user's id where there is one. */
    String actor() {
        return userId == null ? name : userId.toString();
    }
}
