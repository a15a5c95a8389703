package io.dayflow.hub.keyset;

import io.dayflow.hub.security.EncryptionSettings;
import io.dayflow.hub.security.SealedColumn;
import io.dayflow.hub.security.SealedColumns;
import io.dayflow.hub.security.Vault;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Seals with the primary key what former keys sealed. A value that changed meanwhile, such as a token that was refreshed, is
 * left as it is. Any number of hubs may do so at once. Thread-safe.
 */
@Component
public class SealAnew {

    private static final Logger log = LoggerFactory.getLogger(SealAnew.class);

    /** So many batches are done at one go, then the thread is given back. */
    private static final int BATCHES = 50;

    private static final int UNREADABLE = 1_000;

    private final Vault vault;
    private final SealedColumns sealed;
    private final KeyAges ages;
    private final EncryptionSettings settings;
    private volatile List<Vault.Key> remembered = List.of();

    SealAnew(Vault vault, SealedColumns sealed, KeyAges ages, EncryptionSettings settings) {
        this.vault = vault;
        this.sealed = sealed;
        this.ages = ages;
        this.settings = settings;
    }

    /** Goes on with it, for a while. Without former keys it is one look at the keyset. @return how many were sealed anew */
    public int goOn() {
        var keys = vault.keys();
        if (!keys.equals(remembered)) {
            ages.remember(keys);
            remembered = keys;
        }
        var former = keys.stream()
                .filter(key -> key.enabled() && !key.primary())
                .map(Vault.Key::id)
                .toList();
        int done = 0;
        if (!former.isEmpty()) {
            for (var column : sealed.all()) {
                done += goOn(column, former);
            }
        }
        if (done > 0) {
            log.info("Sealed {} stored values anew with the primary key", done);
        }
        return done;
    }

    private int goOn(SealedColumn column, List<Long> former) {
        var unreadable = new ArrayList<String>();
        int done = 0;
        for (int batch = 0; batch < BATCHES && unreadable.size() < UNREADABLE; batch++) {
            var values = sealed.values(column, former, unreadable, settings.rewrapBatch());
            for (var value : values) {
                try {
                    var anew = vault.seal(vault.open(value.sealed(), value.context()), value.context());
                    done += sealed.replace(column, value, anew) ? 1 : 0;
                } catch (Vault.CannotOpen changed) {
                    unreadable.add(value.place());
                }
            }
            if (values.size() < settings.rewrapBatch()) {
                break;
            }
        }
        if (!unreadable.isEmpty()) {
            log.warn(
                    "{} values in {} do not open with the key they name: they were changed, and keep that key",
                    unreadable.size(),
                    column.name());
        }
        return done;
    }
}
