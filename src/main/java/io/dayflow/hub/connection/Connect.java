package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.provider.ProviderGateway;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.storage.Ids;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Connects an account with credentials that its user typed. They are tried before they are stored. An account that is or
 * was connected keeps its row, links, selection and settings, and gets the new credentials.
 */
@Component
public class Connect {

    private final ProviderCatalog providers;
    private final ProviderGateway gateway;
    private final Accounts accounts;
    private final Audit audit;
    private final Ids ids;

    Connect(ProviderCatalog providers, ProviderGateway gateway, Accounts accounts, Audit audit, Ids ids) {
        this.providers = providers;
        this.gateway = gateway;
        this.accounts = accounts;
        this.audit = audit;
        this.ids = ids;
    }

    /**
     * What the user asks for.
     *
     * @param credentials by field name
     * @param settings those to set, or null
     * @param displayName null: the service's own, or the one the connection has
     */
    public record Request(
            String service,
            Map<String, Secret> credentials,
            @Nullable ObjectNode settings,
            @Nullable String displayName) {}

    /**
     * @throws InvalidRequest if service, credentials or settings are not accepted; nothing is asked of the service then
     * @throws RefusedByService if the service cannot be reached or refuses, whatever the kind of fault; nothing is
     *     stored then
     */
    public ConnectionCard connect(UUID userId, Request request) {
        var provider = providers
                .find(request.service())
                .orElseThrow(() -> new InvalidRequest("service", "is not known; known are " + known()));
        var fields = CredentialForm.check(provider, request.credentials());
        var name = request.displayName() == null ? null : DisplayName.check(request.displayName());
        var settings = request.settings() == null ? JsonNodeFactory.instance.objectNode() : request.settings();
        Settings.merge(JsonNodeFactory.instance.objectNode(), settings);

        var fresh = ids.get();
        var typed = fields.get("url");
        var address = typed != null ? typed : provider.address() == null ? "" : provider.address();
        var attempt = new ConnectionRef(fresh, userId, provider.id(), address, "", Map.of());
        var account = ask(userId, provider, () -> gateway.connect(attempt, fields));

        return accounts.take(userId, fresh, provider, account, new Proof.Typed(fields), settings, name);
    }

    private String known() {
        return String.join(", ", providers.all().stream().map(Provider::id).toList());
    }

    private FoundAccount ask(UUID userId, Provider provider, Supplier<FoundAccount> question) {
        try {
            return question.get();
        } catch (FaultException e) {
            audit.record(
                    Deed.CONNECTION_REFUSED,
                    userId,
                    provider.id(),
                    null,
                    Map.of("reason", e.fault().kind()));
            throw new RefusedByService(e.fault().kind(), e.fault().message());
        }
    }
}
