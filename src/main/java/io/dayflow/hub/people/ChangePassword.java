package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Secret;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's own password, changed by that person. */
@Component
public class ChangePassword {

    private final HubAccounts accounts;
    private final ManageAccounts manage;
    private final Sessions sessions;
    private final PasswordEncoder encoder;
    private final FirstOperator first;
    private final PeopleAudit audit;
    private final Clock clock;

    ChangePassword(
            HubAccounts accounts,
            ManageAccounts manage,
            Sessions sessions,
            PasswordEncoder encoder,
            FirstOperator first,
            PeopleAudit audit,
            Clock clock) {
        this.accounts = accounts;
        this.manage = manage;
        this.sessions = sessions;
        this.encoder = encoder;
        this.first = first;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Changes the password and ends all other sessions.
     *
     * @param keep the handle of the session that stays
     * @throws InvalidRequest if {@code old} is not the password, or {@code fresh} is not accepted
     * @throws io.dayflow.hub.refusal.ConflictingState if the account has none, or it is set by the environment
     */
    @Transactional
    public void change(UUID accountId, Secret old, Secret fresh, Secret again, UUID keep) {
        var account = accounts.find(accountId).orElseThrow(() -> new NotFound("There is no such account."));
        first.checkChangeable(account);
        var hash = account.passwordHash();
        var errors = new ArrayList<FieldError>();
        if (hash == null || !encoder.matches(old.reveal(), hash)) {
            audit.refused(account.userId(), Map.of("name", account.name(), "at", "password"));
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
        accounts.setPassword(accountId, encoder.encode(fresh.reveal()), clock.instant());
        sessions.endOthers(accountId, keep);
        audit.record(Deed.PASSWORD_CHANGED, account.userId(), Map.of("name", account.name()));
    }
}
