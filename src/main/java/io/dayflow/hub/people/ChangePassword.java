package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.SignInRefused;
import io.dayflow.hub.security.SignInThrottle;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A person's own password, changed by that person. */
@Component
public class ChangePassword {

    private final HubAccounts accounts;
    private final ManageAccounts manage;
    private final Sessions sessions;
    private final PasswordEncoder encoder;
    private final AuthenticationProvider passwords;
    private final SignInThrottle throttle;
    private final FirstOperator first;
    private final PeopleAudit audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ChangePassword(
            HubAccounts accounts,
            ManageAccounts manage,
            Sessions sessions,
            PasswordEncoder encoder,
            AuthenticationProvider passwordProvider,
            SignInThrottle throttle,
            FirstOperator first,
            PeopleAudit audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.accounts = accounts;
        this.manage = manage;
        this.sessions = sessions;
        this.encoder = encoder;
        this.passwords = passwordProvider;
        this.throttle = throttle;
        this.first = first;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Changes the password and ends all other sessions. Whoever has only a session cannot find out the present password: tries
     * of it are counted, told and slowed down with those of signing in.
     *
     * @param keep the handle of the session that stays
     * @param address where it is asked for
     * @throws InvalidRequest if {@code old} is not the password, or {@code fresh} is not accepted
     * @throws io.dayflow.hub.refusal.TooManyRequests if the present password was wrong too often
     * @throws ConflictingState if the account has none, it is set by the environment, or another was set meanwhile
     */
    public void change(UUID accountId, Secret old, Secret fresh, Secret again, UUID keep, @Nullable String address) {
        var account = accounts.find(accountId).orElseThrow(() -> new NotFound("There is no such account."));
        first.checkChangeable(account);
        if (account.passwordHash() == null) {
            throw new ConflictingState("This account has no password: it signs in elsewhere.");
        }
        var errors = new ArrayList<FieldError>();
        if (!isPresent(account, old, address)) {
            errors.add(new FieldError("old", "is not the present password"));
        }
        PasswordRules.fault(fresh.reveal(), manage.about(account))
                .ifPresent(fault -> errors.add(new FieldError("fresh", fault)));
        if (!fresh.equals(again)) {
            errors.add(new FieldError("again", "is not the same"));
        }
        if (errors.isEmpty() && fresh.equals(old)) {
            errors.add(new FieldError("fresh", "is the present one"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        var hash = encoder.encode(fresh.reveal());
        transaction.executeWithoutResult(status -> {
            var since = accounts.replacePassword(account, hash, clock.instant())
                    .orElseThrow(() -> new ConflictingState("The password was changed meanwhile: sign in anew."));
            sessions.keepOnly(accountId, keep, since);
            throttle.forgetElsewhere(account.name(), address);
            audit.record(Deed.PASSWORD_CHANGED, account.userId(), Map.of("name", account.name()));
        });
    }

    private boolean isPresent(Account account, Secret old, @Nullable String address) {
        var asked = UsernamePasswordAuthenticationToken.unauthenticated(account.name(), old.reveal());
        asked.setDetails(new WebAuthenticationDetails(address, null));
        try {
            return passwords.authenticate(asked) != null;
        } catch (SignInRefused wait) {
            throw wait.asTooManyRequests();
        } catch (BadCredentialsException wrong) {
            events.publishEvent(new AuthenticationFailureBadCredentialsEvent(asked, wrong));
            return false;
        }
    }
}
