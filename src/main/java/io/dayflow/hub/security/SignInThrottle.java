package io.dayflow.hub.security;

import io.dayflow.hub.security.SignInTries.Count;
import io.dayflow.hub.storage.Nul;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Slows down whoever guesses passwords (OWASP ASVS 5.0, 6.1.1 and 6.3.1): by account and by address, across all instances.
 * A try counts as failed from before its password is looked at until it proves right, so that however many come at once no
 * more are looked at than are allowed. Accounts that do not exist are counted like others.
 *
 * <p>Nobody can lock a person out for good: an address from which an account was signed in to before has a count of its own
 * for that account, which failures from elsewhere do not touch; and each wait ends. Thread-safe.
 */
@Component
public class SignInThrottle {

    private final ThrottleSettings settings;
    private final SignInTries tries;
    private final TransactionTemplate transactions;
    private final Clock clock;

    SignInThrottle(ThrottleSettings settings, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.settings = settings;
        this.tries = new SignInTries(jdbc);
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A try whose password may be looked at. It has failed unless one of the methods is called. */
    public final class Try {

        private final Keys keys;
        private final @Nullable Instant accountUntil;
        private final @Nullable Instant addressUntil;

        private Try(Keys keys, @Nullable Instant accountUntil, @Nullable Instant addressUntil) {
            this.keys = keys;
            this.accountUntil = accountUntil;
            this.addressUntil = addressUntil;
        }

        /** The password is right: the account begins anew. The address is only as before, else one could guess on and on. */
        public void succeeded() {
            transactions.executeWithoutResult(transaction -> {
                tries.takeBack(keys.address, addressUntil);
                tries.clear(keys.account);
                tries.remember(keys.accountDigest, keys.addressDigest, now());
            });
        }

        /** It could not be found out whether the password is right. */
        public void cameToNothing() {
            transactions.executeWithoutResult(transaction -> {
                tries.takeBack(keys.address, addressUntil);
                tries.takeBack(keys.account, accountUntil);
            });
        }
    }

    /**
     * Begins a try.
     *
     * @param account the name as it was typed; case makes no difference
     * @param address where it comes from, as the server names it
     * @throws SignInRefused if it has to wait; the password must not be looked at then
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public Try begin(String account, @Nullable String address) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            var now = now();
            var keys = keys(account, address, now);
            var ofAddress = free(tries.locked(keys.address, now), now, ThrottleSettings.ADDRESS);
            var ofAccount = free(tries.locked(keys.account, now), now, ThrottleSettings.ACCOUNT);
            var addressCount = failedOnceMore(ofAddress, settings.addressAttempts(), now);
            var accountCount = failedOnceMore(ofAccount, settings.attempts(), now);
            tries.write(keys.address, addressCount, now);
            tries.write(keys.account, accountCount, now);
            return new Try(keys, accountCount.until(), addressCount.until());
        }));
    }

    /**
     * The same refusal as that of {@link #begin}, without beginning: cheap, for many that come at once.
     *
     * @throws SignInRefused if a try would have to wait
     */
    public void refuseWhoHasToWait(String account, @Nullable String address) {
        var now = now();
        var keys = keys(account, address, now);
        tries.longest(List.of(keys.address, keys.account), now).ifPresent(wait -> {
            boolean ofAddress = wait.key().equals(keys.address);
            throw refused(wait.until(), ofAddress ? ThrottleSettings.ADDRESS : ThrottleSettings.ACCOUNT);
        });
    }

    /** Forgets what is known of an account: its failures, and from where it was signed in to. */
    public void forget(String account) {
        forget(account, "");
    }

    /**
     * The same, but it stays known that the account was signed in to from one address.
     *
     * @param address as the server names it
     */
    public void forgetElsewhere(String account, @Nullable String address) {
        forget(account, digest(ClientNetwork.of(address)));
    }

    private void forget(String account, String addressDigest) {
        transactions.executeWithoutResult(transaction -> {
            var name = accountDigest(account);
            tries.clear("account:" + name);
            tries.forgetAddresses(name, addressDigest);
        });
    }

    private Count failedOnceMore(Count before, int allowed, Instant now) {
        int failures = before.failures() + 1;
        var delay = settings.waitAfter(failures, allowed);
        var until = delay.isZero() ? null : now.plus(delay).truncatedTo(ChronoUnit.MICROS);
        return new Count(failures, until, (until == null ? now : until).plus(settings.window()));
    }

    private Count free(Count count, Instant now, String limit) {
        if (count.until() != null && now.isBefore(count.until())) {
            throw refused(count.until(), limit);
        }
        return count;
    }

    private SignInRefused refused(Instant until, String limit) {
        var delay = Duration.between(now(), until);
        return new SignInRefused(delay.isPositive() ? delay : Duration.ofMillis(1), limit, settings.policies());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private record Keys(String accountDigest, String addressDigest, String account, String address) {}

    private Keys keys(String account, @Nullable String address, Instant now) {
        var name = accountDigest(account);
        var network = digest(ClientNetwork.of(address));
        var counted = tries.isKnown(name, network, now) ? "known:" + digest(name + network) : "account:" + name;
        return new Keys(name, network, counted, "address:" + network);
    }

    /** As the database compares names: what it takes for one account has one count. */
    private String accountDigest(String account) {
        return digest(tries.folded(Nul.outOf(account.strip())));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
