package io.dayflow.hub.privacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.provider.ProviderCatalog;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Component;

/** What the conditions of {@link HeldTables} are asked with. Thread-safe. */
@Component
class Reach {

    private final ProviderCatalog providers;

    Reach(ProviderCatalog providers) {
        this.providers = providers;
    }

    /** The user, and by what each service names accounts in its deliveries. */
    MapSqlParameterSource of(UUID userId) {
        var accounts = JsonNodeFactory.instance.objectNode();
        for (var provider : providers.all()) {
            var webhook = provider.webhook();
            if (webhook != null && webhook.account() != null) {
                accounts.put(provider.id(), webhook.account());
            }
        }
        return new MapSqlParameterSource("user", userId).addValue("accounts", accounts.toString());
    }
}
