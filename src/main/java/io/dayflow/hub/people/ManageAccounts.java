package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.dayflow.Users;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.RandomText;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.SignInThrottle;
import io.dayflow.hub.storage.Ids;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators do to accounts. Whether the caller is one is the caller's to check. */
@Component
public class ManageAccounts {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._+@-]{1,99}");

    /** What the audit trail calls nobody in particular. */
    private static final Pattern NOBODY = Pattern.compile("operator|hub|anonymous|erased", Pattern.CASE_INSENSITIVE);

    private final HubAccounts accounts;
    private final Users users;
    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final PasswordEncoder encoder;
    private final SignInThrottle throttle;
    private final FirstOperator first;
    private final PeopleAudit audit;
    private final Ids ids;
    private final Clock clock;

    ManageAccounts(
            HubAccounts accounts,
            Users users,
            Sessions sessions,
            PersonalTokens tokens,
            PasswordEncoder encoder,
            SignInThrottle throttle,
            FirstOperator first,
            PeopleAudit audit,
            Ids ids,
            Clock clock) {
        this.accounts = accounts;
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.encoder = encoder;
        this.throttle = throttle;
        this.first = first;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A new account that is wanted.
     *
     * @param password null: the hub makes one
     */
    public record Wanted(
            String name, UUID userId, Role role, @Nullable Secret password) {}

    /**
     * An account, and a password that is known to nobody else.
     *
     * @param password what the hub made and shows this once; null where the caller gave one
     */
    public record Made(AccountCard account, @Nullable String password) {

        /** For logs: without the password. */
        @Override
        public String toString() {
            return "Made[" + account.accountId() + "]";
        }
    }

    /**
     * Makes an account for a user of DayFlow.
     *
     * @throws InvalidRequest if name, user or password are not accepted
     * @throws ConflictingState if the name is taken, or the user has an account
     */
    @Transactional
    public Made make(Wanted wanted) {
        var errors = new ArrayList<FieldError>();
        if (!NAME.matcher(wanted.name()).matches()) {
            errors.add(new FieldError(
                    "name", "takes 2 to 100 letters, digits and . _ + @ -, and begins with a letter or digit"));
        } else if (NOBODY.matcher(wanted.name()).matches()) {
            errors.add(new FieldError("name", "is a word that the audit trail uses for nobody in particular"));
        }
        var user = users.find(wanted.userId());
        if (user.isEmpty()) {
            errors.add(new FieldError("userId", "is none of a DayFlow user"));
        }
        var about = user.map(known -> List.of(wanted.name(), known.email())).orElse(List.of(wanted.name()));
        check(wanted.password(), about).ifPresent(errors::add);
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        var password = wanted.password() == null
                ? RandomText.password()
                : wanted.password().reveal();
        var id = ids.get();
        if (!accounts.insert(
                id, wanted.name(), wanted.userId(), wanted.role(), encoder.encode(password), clock.instant())) {
            throw new ConflictingState("The name is taken, or this user has an account already.");
        }
        audit.record(
                Deed.ACCOUNT_MADE,
                wanted.userId(),
                Map.of("name", wanted.name(), "role", wanted.role().id()));
        return new Made(card(id), wanted.password() == null ? password : null);
    }

    /**
     * Changes what is given. Whoever may do less from now on, or nothing, is signed out; a disabled account's tokens end.
     *
     * @throws ConflictingState if it would leave no operator
     */
    @Transactional
    public AccountCard change(UUID id, @Nullable Boolean disabled, @Nullable Role role) {
        accounts.lockOperators();
        var account = account(id);
        boolean loses = account.role() == Role.OPERATOR
                && account.enabled()
                && (Boolean.TRUE.equals(disabled) || role == Role.USER);
        if (loses && accounts.isLastOperator(id)) {
            throw new ConflictingState(HubAccounts.LAST_OPERATOR);
        }
        if (role != null && role != account.role()) {
            if (account.userId() == null) {
                throw new ConflictingState("The first operator is no user of DayFlow and stays an operator.");
            }
            accounts.setRole(id, role);
            audit.record(Deed.ACCOUNT_CHANGED, account.userId(), Map.of("name", account.name(), "role", role.id()));
        }
        if (disabled != null && disabled == account.enabled()) {
            accounts.setDisabled(id, disabled ? clock.instant() : null);
            audit.record(
                    disabled ? Deed.ACCOUNT_DISABLED : Deed.ACCOUNT_ENABLED,
                    account.userId(),
                    Map.of("name", account.name()));
            if (disabled) {
                tokens.revokeAllOf(id);
            }
        }
        if (Boolean.TRUE.equals(disabled) || loses) {
            sessions.endAllOf(id);
        }
        return card(id);
    }

    /** Sets a password, ends all sessions of the account, and lets nobody wait for what failed before. */
    @Transactional
    public Made setPassword(UUID id, @Nullable Secret given) {
        var account = account(id);
        first.checkChangeable(account);
        check(given, about(account)).ifPresent(error -> {
            throw new InvalidRequest(List.of(error));
        });
        var password = given == null ? RandomText.password() : given.reveal();
        accounts.setPassword(id, encoder.encode(password), clock.instant());
        sessions.endAllOf(id);
        throttle.forget(account.name());
        audit.record(Deed.PASSWORD_CHANGED, account.userId(), Map.of("name", account.name(), "by", "operator"));
        return new Made(card(id), given == null ? password : null);
    }

    /** What others know of the owner of a password. */
    List<String> about(Account account) {
        var about = new ArrayList<>(List.of(account.name()));
        if (account.userId() != null) {
            users.find(account.userId()).ifPresent(user -> about.add(user.email()));
        }
        return about;
    }

    private static Optional<FieldError> check(@Nullable Secret password, List<String> about) {
        return password == null
                ? Optional.empty()
                : PasswordRules.fault(password.reveal(), about).map(fault -> new FieldError("password", fault));
    }

    private Account account(UUID id) {
        return accounts.find(id).orElseThrow(() -> new NotFound("There is no such account."));
    }

    private AccountCard card(UUID id) {
        return accounts.card(id).orElseThrow(() -> new NotFound("There is no such account."));
    }
}
