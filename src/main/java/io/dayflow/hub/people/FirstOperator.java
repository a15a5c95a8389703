package io.dayflow.hub.people;

import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.security.RandomText;
import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.Ids;
import io.dayflow.hub.storage.PrivateFile;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The operator {@code admin}, who is nobody in DayFlow: with the password of {@code HUB_ADMIN_PASSWORD}, which counts at
 * every start, else with one that is made and logged once on the first start and of which only a hash is kept. The data
 * folder's file remembers that one was made: without the file a new one is made. With another password the account is enabled,
 * and sessions that began with the one before end.
 */
@Component
@DependsOnDatabaseInitialization
class FirstOperator {

    static final String NAME = "admin";
    private static final Logger log = LoggerFactory.getLogger(FirstOperator.class);

    private final HubAccounts accounts;
    private final PasswordEncoder encoder;
    private final Ids ids;
    private final Clock clock;
    private final boolean given;

    FirstOperator(
            Environment environment,
            DataFolder folder,
            HubAccounts accounts,
            PasswordEncoder encoder,
            Ids ids,
            Clock clock) {
        this.accounts = accounts;
        this.encoder = encoder;
        this.ids = ids;
        this.clock = clock;
        var password = environment.getProperty("HUB_ADMIN_PASSWORD", "");
        this.given = !password.isBlank();
        if (given) {
            take(password);
        } else {
            remember(folder);
        }
    }

    private void take(String password) {
        if (password.length() < PasswordRules.SHORTEST) {
            log.warn(
                    "HUB_ADMIN_PASSWORD is shorter than {} characters: choose a longer one for production",
                    PasswordRules.SHORTEST);
        }
        var known = accounts.byName(NAME).map(Account::passwordHash);
        if (known.isEmpty() || !encoder.matches(password, known.get())) {
            set(encoder.encode(password));
        }
    }

    private void remember(DataFolder folder) {
        var file = folder.resolve("operator-password-hash");
        var kept = PrivateFile.read(file);
        if (kept.isPresent()) {
            if (accounts.byName(NAME).isEmpty()) {
                set(kept.get().strip());
            }
            return;
        }
        var password = RandomText.password();
        var hash = encoder.encode(password);
        set(hash);
        log.info(
                "Made a password for the operator '{}', shown only this once: {} (delete {} to get a new one)",
                NAME,
                password,
                file);
        // last, so that a hub that is killed before makes another one that is shown
        PrivateFile.write(file, hash);
    }

    private void set(String hash) {
        var now = clock.instant();
        if (!accounts.insert(ids.get(), NAME, null, Role.OPERATOR, hash, now)) {
            accounts.byName(NAME).ifPresent(account -> {
                accounts.setPassword(account.id(), hash, now);
                accounts.setDisabled(account.id(), null);
                accounts.endSessions(account.id());
            });
        }
    }

    /** @throws ConflictingState if the environment says what this account's password is */
    void checkChangeable(Account account) {
        if (given && account.name().equals(NAME)) {
            throw new ConflictingState(
                    "The password of " + NAME + " is HUB_ADMIN_PASSWORD: change it there and start the hub again.");
        }
    }
}
