package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.dayflow.Users;
import io.dayflow.hub.dayflow.Users.User;
import io.dayflow.hub.storage.Ids;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which account somebody is whom the issuer has proved. A subject once linked stays the same account; a claim, which may
 * change there, is looked at only for the first sign-in, and never leads to an account that is another subject's already.
 */
@Component
class IssuerAccounts {

    static final String NO_USER = "no_user";
    static final String UNVERIFIED = "unverified";
    static final String DISABLED = "disabled";
    static final String TAKEN = "taken";
    static final List<String> REASONS = List.of(NO_USER, UNVERIFIED, DISABLED, TAKEN);

    private static final Logger log = LoggerFactory.getLogger(IssuerAccounts.class);

    private final HubAccounts accounts;
    private final Users users;
    private final IssuerSettings settings;
    private final PeopleAudit audit;
    private final Ids ids;
    private final Clock clock;

    IssuerAccounts(
            HubAccounts accounts, Users users, IssuerSettings settings, PeopleAudit audit, Ids ids, Clock clock) {
        this.accounts = accounts;
        this.users = users;
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The account, made or linked where it is the first sign-in.
     *
     * @throws OAuth2AuthenticationException with one of {@link #REASONS} as its code, if there is none
     */
    @Transactional
    public SignedIn accountOf(OidcUser proved) {
        var issuer = proved.getIdToken().getIssuer().toString();
        var subject = proved.getSubject();
        var role = role(proved);
        var known = accounts.byIdentity(issuer, subject);
        var account = known.isPresent() ? known.get() : link(issuer, subject, user(proved), role);
        if (!account.enabled()) {
            throw refused(DISABLED);
        }
        if (role != null && role != account.role() && account.userId() != null && maySet(role, account)) {
            accounts.setRole(account.id(), role);
            audit.record(Deed.ACCOUNT_CHANGED, account.userId(), Map.of("name", account.name(), "role", role.id()));
        }
        return accounts.find(account.id()).orElseThrow().signedIn();
    }

    /** The last operator stays one, whatever the issuer says: nobody could make another. */
    private boolean maySet(Role role, Account account) {
        if (role == Role.OPERATOR) {
            return true;
        }
        accounts.lockOperators();
        boolean last = accounts.isLastOperator(account.id());
        if (last) {
            log.warn("The issuer no longer names {} an operator, who stays one: there is no other", account.id());
        }
        return !last;
    }

    private Account link(String issuer, String subject, User user, @Nullable Role role) {
        var now = clock.instant();
        var existing = accounts.byUser(user.id());
        if (existing.isPresent()) {
            var account = existing.get();
            // an operator's rights are not given to whoever the issuer says has an address
            boolean unsafe = account.role() == Role.OPERATOR && role != Role.OPERATOR;
            if (unsafe || accounts.hasIdentity(account.id(), issuer)) {
                throw refused(TAKEN);
            }
            accounts.link(account.id(), issuer, subject, now);
            audit.record(Deed.ACCOUNT_LINKED, user.id(), Map.of("name", account.name(), "issuer", issuer));
            return account;
        }
        var id = ids.get();
        if (!accounts.insert(id, user.email(), user.id(), role == null ? Role.USER : role, null, now)) {
            throw refused(TAKEN);
        }
        accounts.link(id, issuer, subject, now);
        audit.record(Deed.ACCOUNT_MADE, user.id(), Map.of("name", user.email(), "issuer", issuer));
        return accounts.find(id).orElseThrow();
    }

    private User user(OidcUser proved) {
        var value = proved.getClaimAsString(settings.claim());
        if (value == null || value.isBlank()) {
            throw refused(NO_USER);
        }
        var found = switch (settings.matches()) {
            case ID -> id(value).flatMap(users::find);
            case EMAIL -> {
                if (!Boolean.TRUE.equals(proved.getClaims().get("email_verified"))) {
                    throw refused(UNVERIFIED);
                }
                yield users.byEmail(value.strip().toLowerCase(Locale.ROOT));
            }
        };
        return found.orElseThrow(() -> refused(NO_USER));
    }

    private static Optional<UUID> id(String value) {
        return value.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(value))
                : Optional.empty();
    }

    /** Null where no claim says it. */
    private @Nullable Role role(OidcUser proved) {
        if (settings.roleClaim() == null) {
            return null;
        }
        boolean operator = switch (proved.getClaims().get(settings.roleClaim())) {
            case Collection<?> roles -> roles.contains(settings.operatorRole());
            case String one -> one.equals(settings.operatorRole());
            case null, default -> false;
        };
        return operator ? Role.OPERATOR : Role.USER;
    }

    private static OAuth2AuthenticationException refused(String reason) {
        return new OAuth2AuthenticationException(new OAuth2Error(reason), "not signed in: " + reason);
    }
}
