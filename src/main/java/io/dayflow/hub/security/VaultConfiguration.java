package io.dayflow.hub.security;

import io.dayflow.hub.CannotStart;
import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.PrivateFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Finds the keyset: given in {@code HUB_ENCRYPTION_KEYSET}, kept in the data folder, or made on the first start. */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    private static final Logger log = LoggerFactory.getLogger(VaultConfiguration.class);

    @Bean
    @DependsOnDatabaseInitialization
    Vault vault(Environment environment, DataFolder folder, ObjectProvider<SealedCredentials> sealed) {
        return open(
                environment.getProperty("HUB_ENCRYPTION_KEYSET", "").strip(),
                folder.resolve("keyset.json"),
                () -> sealed.stream().anyMatch(SealedCredentials::exist));
    }

    static Vault open(String given, Path kept, SealedCredentials sealed) {
        if (given.startsWith("{")) {
            return Vault.withKeyset(given);
        }
        if (!given.isEmpty()) {
            return Vault.withKeyset(PrivateFile.read(path(given))
                    .orElseThrow(() -> new CannotStart("HUB_ENCRYPTION_KEYSET names the file " + given
                            + ", which does not exist. Put the keyset there; to begin with a new one, leave the variable"
                            + " out once and move the keyset.json that the hub makes in its data folder")));
        }
        var existing = PrivateFile.read(kept);
        if (existing.isPresent()) {
            return Vault.withKeyset(existing.get());
        }
        if (sealed.exist()) {
            throw new CannotStart("There are sealed credentials but no keyset to open them. Put the keyset back"
                    + " as " + kept + ", or name it by HUB_ENCRYPTION_KEYSET (a file, or its JSON)");
        }
        var made = Vault.newKeyset();
        PrivateFile.write(kept, made);
        log.info("Made a keyset for the credentials in {}: keep a copy of it away from the database", kept);
        return Vault.withKeyset(made);
    }

    private static Path path(String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException neither) {
            throw new CannotStart("HUB_ENCRYPTION_KEYSET is neither a keyset's JSON nor a file's path");
        }
    }
}
