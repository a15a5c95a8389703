package io.dayflow.hub.keyset;

import io.dayflow.hub.CannotStart;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.EncryptionSettings;
import io.dayflow.hub.security.SealedColumns;
import io.dayflow.hub.security.Vault;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an operator does with the keyset. Of several hubs one at a time changes it. Callers see to it that only operators
 * get here. Thread-safe.
 */
@Component
public class Keys {

    private static final int MOST = 20;
    private static final long LOCK = 0x6b657973; // any number that nobody else locks

    private final Vault vault;
    private final SealedColumns sealed;
    private final KeyAges ages;
    private final EncryptionSettings settings;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Keys(
            Vault vault,
            SealedColumns sealed,
            KeyAges ages,
            EncryptionSettings settings,
            Audit audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.vault = vault;
        this.sealed = sealed;
        this.ages = ages;
        this.settings = settings;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The keys, and what each of them sealed. */
    public KeysetCard list() {
        var keys = vault.keys();
        ages.remember(keys);
        var usage = usage();
        var missing = new TreeMap<>(usage);
        var known = ages.all();
        var cards = new ArrayList<KeyCard>();
        for (var key : keys) {
            missing.remove(key.id());
            var columns = usage.getOrDefault(key.id(), Map.of());
            var age = known.get(key.id());
            cards.add(new KeyCard(
                    key.id(),
                    key.primary() ? "primary" : key.enabled() ? "enabled" : "disabled",
                    sum(columns),
                    columns,
                    age == null ? null : age.since(),
                    age == null ? null : age.replacedAt(),
                    vault.changeable() && !key.primary() && columns.isEmpty() && rested(age)));
        }
        missing.forEach(
                (id, columns) -> cards.add(new KeyCard(id, "missing", sum(columns), columns, null, null, false)));
        long waiting = cards.stream()
                .filter(card -> card.state().equals("enabled"))
                .mapToLong(KeyCard::values)
                .sum();
        return new KeysetCard(vault.place(), vault.changeable(), waiting, cards);
    }

    /**
     * Adds a key that seals from now on. What former keys sealed is sealed anew by and by.
     *
     * @throws ConflictingState where the hub cannot: the keyset is not in a file that it may write, or has many keys already
     */
    public KeysetCard rotate() {
        transaction.executeWithoutResult(status -> {
            lock();
            if (vault.keys().size() >= MOST) {
                throw new ConflictingState(
                        "The keyset has " + MOST + " keys already. Remove those that seal nothing any more.");
            }
            change(vault::rotate);
            ages.remember(vault.keys());
            var primary = primary(vault.keys());
            audit.record(Deed.KEY_ADDED, null, null, null, Map.of("keyId", primary));
        });
        return list();
    }

    /**
     * Takes a key away for good.
     *
     * @throws NotFound if there is no such key
     * @throws ConflictingState while anything needs it, or the hub cannot
     */
    public void remove(long id) {
        transaction.executeWithoutResult(status -> {
            lock();
            var card = list().keys().stream()
                    .filter(key -> key.keyId() == id && !key.state().equals("missing"))
                    .findFirst()
                    .orElseThrow(() -> new NotFound("The keyset has no such key."));
            if (card.state().equals("primary")) {
                throw new ConflictingState(
                        "This key seals. Rotate first; then it can be removed once nothing names it.");
            }
            if (card.values() > 0) {
                throw new ConflictingState(
                        card.values() + " stored values are sealed with this key. They are sealed anew"
                                + " in the background: try again later.");
            }
            if (vault.changeable() && !card.removable()) {
                throw new ConflictingState("This key was replaced less than " + settings.keepReplaced()
                        + " ago (hub.encryption.keep-replaced): work begun with it may still end. Try again later.");
            }
            change(() -> vault.remove(id));
            ages.forget(id);
            audit.record(Deed.KEY_REMOVED, null, null, null, Map.of("keyId", id));
        });
    }

    private void change(Runnable change) {
        if (!vault.changeable()) {
            throw new ConflictingState("The keyset is given in HUB_ENCRYPTION_KEYSET, which the hub cannot change."
                    + " Change it there and start the hubs again, as docs/operations.md says, or put it in a file and"
                    + " name that.");
        }
        try {
            change.run();
        } catch (UncheckedIOException unwritable) {
            throw new ConflictingState("The keyset's file " + vault.place()
                    + " cannot be written: check who owns it and" + " its folder. Nothing was changed.");
        } catch (CannotStart unusable) {
            throw new ConflictingState("The keyset's file " + vault.place() + " cannot be used as it is now. "
                    + unusable.getMessage() + " Nothing was changed.");
        }
    }

    private boolean rested(KeyAges.@Nullable Age age) {
        return age != null
                && age.replacedAt() != null
                && !age.replacedAt().plus(settings.keepReplaced()).isAfter(clock.instant());
    }

    private void lock() {
        jdbc.sql("select 1 from pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Integer.class)
                .single();
    }

    private Map<Long, Map<String, Long>> usage() {
        Map<Long, Map<String, Long>> usage = new TreeMap<>();
        for (var column : sealed.all()) {
            for (long key : sealed.keys(column)) {
                long count = sealed.count(column, key);
                if (count > 0) {
                    usage.computeIfAbsent(key, id -> new TreeMap<>()).put(column.name(), count);
                }
            }
        }
        return usage;
    }

    private static long primary(List<Vault.Key> keys) {
        return keys.stream()
                .filter(Vault.Key::primary)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static long sum(Map<String, Long> columns) {
        return columns.values().stream().mapToLong(Long::longValue).sum();
    }
}
