package io.dayflow.hub.webhook;

import io.dayflow.hub.security.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The secrets that services sign with: {@code hub.providers.<id>.client-secret}, else the environment's
 * {@code <ID>_CLIENT_SECRET} with the id in capitals and hyphens as underscores. Read once. Thread-safe.
 */
@Component
class ClientSecrets {

    private final Environment environment;
    private final Map<String, Optional<Secret>> known = new ConcurrentHashMap<>();

    ClientSecrets(Environment environment) {
        this.environment = environment;
    }

    /** Empty where the operator has set none. */
    Optional<Secret> of(String provider) {
        return known.computeIfAbsent(provider, this::read);
    }

    private Optional<Secret> read(String provider) {
        String set = environment.getProperty("hub.providers." + provider + ".client-secret", "");
        String secret = set.isBlank()
                ? environment.getProperty(provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_CLIENT_SECRET", "")
                : set;
        return secret.isBlank() ? Optional.empty() : Optional.of(Secret.of(secret));
    }
}
