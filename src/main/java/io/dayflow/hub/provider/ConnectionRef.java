package io.dayflow.hub.provider;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as routes know it: no secrets, they are added to outgoing requests below the routes.
 *
 * @param address the address the user or the configuration gave; empty where the provider needs none
 * @param endpoints what discovery found: names and meanings are the provider's own
 */
public record ConnectionRef(
        UUID id, UUID userId, String provider, String address, String account, Map<String, String> endpoints) {

    /** An endpoint by its name, or null where discovery found none. */
    public @Nullable String endpoint(String name) {
        return endpoints.get(name);
    }
}
