package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.oauth.TokenSet;
import io.dayflow.hub.oauth.WrongState;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.provider.ProviderGateway;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.storage.Ids;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Connects an account that its user allows the hub to use, at the service's own page. */
@Component
public class ConnectByConsent {

    private final ProviderCatalog providers;
    private final Authorize authorize;
    private final ProviderGateway gateway;
    private final Accounts accounts;
    private final Grants grants;
    private final Audit audit;
    private final Ids ids;

    ConnectByConsent(
            ProviderCatalog providers,
            Authorize authorize,
            ProviderGateway gateway,
            Accounts accounts,
            Grants grants,
            Audit audit,
            Ids ids) {
        this.providers = providers;
        this.authorize = authorize;
        this.gateway = gateway;
        this.accounts = accounts;
        this.grants = grants;
        this.audit = audit;
        this.ids = ids;
    }

    /**
     * Where to send the user.
     *
     * @param called scheme, host and port by which the hub was called
     * @param session a secret of the session that alone may end it; null: any call for the same user may
     * @throws InvalidRequest if there is no such service, or it is not connected so
     * @throws ConflictingState if the operator has something to set first
     */
    public Authorize.Begun begin(UUID userId, String service, URI called, @Nullable Secret session) {
        var begun = authorize.begin(userId, provider(service, "service").id(), called, session);
        audit.record(Deed.CONSENT_ASKED, userId, service, null, Map.of());
        return begun;
    }

    /**
     * Connects the account whose user came back.
     *
     * @param settings those to set, or null
     * @param displayName null: the service's own, or the one the connection has
     * @throws InvalidRequest if service, settings or name are not accepted; the answer can be used again then
     * @throws WrongState if the answer belongs to nothing that this user began
     * @throws RefusedByService if the service refuses, or its user allowed too little; nothing is stored, and what it gave
     *     is given back, unless the user allows the hub something else there: some services would end that with it
     */
    public ConnectionCard connect(
            UUID userId, Authorize.Answer answer, @Nullable ObjectNode settings, @Nullable String displayName) {
        var provider = provider(answer.service(), "code");
        var name = displayName == null ? null : DisplayName.check(displayName);
        var patch = settings == null ? JsonNodeFactory.instance.objectNode() : settings;
        Settings.merge(JsonNodeFactory.instance.objectNode(), patch);
        var given = told(userId, provider, () -> authorize.finish(userId, answer));
        try {
            authorize.refuseLess(provider.id(), given);
            var card = take(userId, provider, given, patch, name);
            audit.record(
                    Deed.CONSENT_GIVEN,
                    userId,
                    provider.id(),
                    AuditLine.object("connection", card.integrationId()),
                    Map.of("scopes", String.join(" ", given.scopes().granted())));
            return card;
        } catch (RuntimeException e) {
            if (e instanceof RefusedByService refused) {
                tell(userId, provider.id(), refused.code());
            }
            giveBack(userId, provider, given, e);
            throw e;
        }
    }

    private <T> T told(UUID userId, Provider provider, Supplier<T> answered) {
        try {
            return answered.get();
        } catch (WrongState wrong) {
            tell(userId, provider.id(), state(wrong));
            throw wrong;
        } catch (RefusedByService refused) {
            tell(userId, provider.id(), refused.code());
            throw refused;
        }
    }

    private static String state(WrongState wrong) {
        return "state_" + wrong.reason().name().toLowerCase(Locale.ROOT);
    }

    private void tell(UUID userId, String service, String reason) {
        audit.record(Deed.CONSENT_REFUSED, userId, service, null, Map.of("reason", reason));
    }

    private void giveBack(UUID userId, Provider provider, TokenSet given, RuntimeException reason) {
        try {
            if (!grants.any(userId, provider.id())) {
                authorize.giveBack(provider.id(), given);
            }
        } catch (RuntimeException unknown) {
            reason.addSuppressed(unknown);
        }
    }

    /**
     * The user came back without a permission: nothing is connected, and the state is used up.
     *
     * @throws WrongState if the answer belongs to nothing that this user began
     */
    public void abandon(UUID userId, Authorize.Refusal refusal) {
        try {
            authorize.abandon(userId, refusal);
        } catch (WrongState wrong) {
            tell(userId, refusal.service(), state(wrong));
            throw wrong;
        }
        audit.record(Deed.CONSENT_ABANDONED, userId, refusal.service(), null, Map.of());
    }

    private ConnectionCard take(
            UUID userId, Provider provider, TokenSet given, ObjectNode patch, @Nullable String name) {
        var fresh = ids.get();
        var address = provider.address() == null ? "" : provider.address();
        var attempt = new ConnectionRef(fresh, userId, provider.id(), address, "", Map.of());
        FoundAccount account;
        try {
            account = gateway.connect(attempt, Map.of("token", given.access().reveal()));
        } catch (FaultException e) {
            throw new RefusedByService(e.fault().kind(), e.fault().message());
        }
        return accounts.take(userId, fresh, provider, account, new Proof.Allowed(given), patch, name);
    }

    /** @param field the one to blame, where the service is connected otherwise */
    private Provider provider(String service, String field) {
        var provider = providers
                .find(service)
                .orElseThrow(() -> new InvalidRequest(
                        "service",
                        "is not known; known are "
                                + String.join(
                                        ", ",
                                        providers.all().stream()
                                                .map(Provider::id)
                                                .toList())));
        if (provider.auth("oauth2").isEmpty()) {
            throw new InvalidRequest(
                    field,
                    "does not fit: " + provider.displayName() + " is connected with credentials: "
                            + String.join(
                                    " or ",
                                    provider.auth().stream()
                                            .map(way -> String.join(", ", way.fields()))
                                            .toList()));
        }
        return provider;
    }
}
