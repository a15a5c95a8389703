package io.dayflow.hub.sandbox.todoist;

import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accounts by id and by token, each loaded when it is first needed. Of a token only its digest is kept. Thread-safe. */
final class TodoistAccounts {

    /** Fields of an account's own object that nobody is shown. */
    static final String EPOCH = "sandbox_epoch";

    static final String TOKEN = "sandbox_token";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SandboxStore store;
    private final Clock clock;
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
    private final Map<String, String> byToken = new ConcurrentHashMap<>();

    TodoistAccounts(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new account with its inbox, not yet stored. */
    Ledger open(String token) {
        var ledger = created(token, clock, ZoneId.systemDefault());
        ledgers.put(ledger.account(), ledger);
        return ledger;
    }

    static Ledger created(String token, Clock clock, ZoneId zone) {
        var id = String.valueOf(10_000_000L + RANDOM.nextInt(80_000_000));
        var ledger = new Ledger(id, clock);
        var inbox = new Places(ledger).addProject(Ledger.object().put("name", "Inbox"), true);
        var user = TodoistUser.made(id, inbox.path("id").asText(), zone, ledger);
        ledger.put(Type.ACCOUNT, user.put(TOKEN, digest(token)).put(EPOCH, 1));
        return ledger;
    }

    /** @throws NotFound if there is none */
    Ledger get(String account) {
        var ledger = ledgers.computeIfAbsent(account, this::load);
        if (ledger == null) {
            throw new NotFound("The sandbox has no such account.");
        }
        return ledger;
    }

    Optional<Ledger> withToken(String token) {
        var account = byToken.computeIfAbsent(
                digest(token),
                digest -> store.accountWhere(TodoistStandIn.SERVICE, TOKEN, digest)
                        .orElse(null));
        return account == null ? Optional.empty() : Optional.of(get(account));
    }

    List<String> all() {
        return store.accounts(TodoistStandIn.SERVICE);
    }

    /** Forgets what is in memory, so that the next use reads what is stored. */
    void forget(String account) {
        ledgers.remove(account);
    }

    static String newToken() {
        var bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private @Nullable Ledger load(String account) {
        var rows = store.load(TodoistStandIn.SERVICE, account);
        return rows.isEmpty() ? null : Ledger.of(account, clock, rows);
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
