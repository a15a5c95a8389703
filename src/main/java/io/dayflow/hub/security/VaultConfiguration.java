package io.dayflow.hub.security;

import io.dayflow.hub.CannotStart;
import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.PrivateFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Finds the keyset: given in {@code HUB_ENCRYPTION_KEYSET}, kept in a file, or made on the first start; and sees to it that
 * it opens what is stored.
 */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    private static final Logger log = LoggerFactory.getLogger(VaultConfiguration.class);

    /** So many values of each key and column are tried: one that was tampered with is no reason not to start. */
    private static final int TRIED = 3;

    @Bean
    @DependsOnDatabaseInitialization
    Vault vault(Environment environment, DataFolder folder, SealedColumns sealed) {
        var vault = open(
                environment.getProperty("HUB_ENCRYPTION_KEYSET", "").strip(),
                folder.resolve("keyset.json"),
                sealed::exist);
        sealed.all().forEach(column -> check(vault, sealed, column));
        return vault;
    }

    static Vault open(String given, Path kept, BooleanSupplier sealedExist) {
        if (!given.isEmpty()) {
            return Keyset.json(given) != null
                    ? Vault.withKeyset(given)
                    : new Vault(new KeysetPlace.InFile(path(given)));
        }
        if (!Files.exists(kept)) {
            if (sealedExist.getAsBoolean()) {
                throw new CannotStart("There are sealed credentials but no keyset to open them. Put the keyset back"
                        + " as " + kept + ", or name it by HUB_ENCRYPTION_KEYSET (a file, or its JSON)");
            }
            PrivateFile.write(kept, Vault.newKeyset());
            log.info("Made a keyset for the credentials in {}: keep a copy of it away from the database", kept);
        }
        return new Vault(new KeysetPlace.InFile(kept));
    }

    private static void check(Vault vault, SealedColumns sealed, SealedColumn column) {
        for (long key : sealed.keys(column)) {
            var values = sealed.values(column, List.of(key), List.of(), TRIED);
            long opened = values.stream().filter(value -> opens(vault, value)).count();
            if (opened == 0 && !values.isEmpty()) {
                throw new CannotStart(refusal(vault, column, key));
            }
            if (opened < values.size()) {
                log.warn("A value in {} does not open though others of its key do: it was changed", column.name());
            }
        }
    }

    private static boolean opens(Vault vault, SealedColumns.Value value) {
        try {
            vault.open(value.sealed(), value.context());
            return true;
        } catch (Vault.CannotOpen refused) {
            return false;
        }
    }

    private static String refusal(Vault vault, SealedColumn column, long key) {
        var ids = vault.keys().stream()
                .map(known -> known.id() + (known.enabled() ? "" : " (disabled)"))
                .collect(Collectors.joining(", "));
        boolean known = vault.keys().stream().anyMatch(it -> it.id() == key && it.enabled());
        return "The keyset in " + vault.place() + " does not open what is stored: " + column.name()
                + " holds values of the key " + key
                + (known ? ", which has the same id in the keyset but is another key" : "; the keyset has " + ids)
                + ". Put back the keyset that sealed them, or add that key to this one. If it is lost for good, see"
                + " 'A lost keyset' in docs/operations.md";
    }

    private static Path path(String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException neither) {
            throw new CannotStart(
                    "HUB_ENCRYPTION_KEYSET is neither a keyset's JSON, nor its Base64, nor a file's path");
        }
    }
}
