package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.provider.ProviderGateway;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Connects an account with credentials that its user typed. They are tried before they are stored. An account that is or
 * was connected keeps its row, links, selection and settings, and gets the new credentials.
 */
@Component
public class Connect {

    private final ProviderCatalog providers;
    private final ProviderGateway gateway;
    private final StoredCredentials credentials;
    private final KnownCollections collections;
    private final Connections connections;
    private final DefaultCollections defaults;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ids ids;
    private final Clock clock;
    private final ObjectMapper json;

    Connect(
            ProviderCatalog providers,
            ProviderGateway gateway,
            StoredCredentials credentials,
            KnownCollections collections,
            Connections connections,
            DefaultCollections defaults,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Ids ids,
            Clock clock,
            ObjectMapper json) {
        this.providers = providers;
        this.gateway = gateway;
        this.credentials = credentials;
        this.collections = collections;
        this.connections = connections;
        this.defaults = defaults;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
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
        var account = ask(() -> gateway.connect(attempt, fields));

        var id = store(userId, fresh, provider, account, fields, settings, name);
        boolean isNew = id.equals(fresh);
        var ref =
                new ConnectionRef(id, userId, provider.id(), account.address(), account.account(), account.endpoints());
        try {
            List<FoundCollection> found = gateway.collections(ref).stream()
                    .filter(collection -> provider.kinds().contains(collection.kind()))
                    .toList();
            transaction.executeWithoutResult(status -> collections.store(userId, id, found));
        } catch (FaultException e) {
            if (isNew) {
                forget(userId, id);
                throw new RefusedByService(e.fault().kind(), e.fault().message());
            }
            remember(userId, id, e.fault());
        } catch (RuntimeException e) {
            if (isNew) {
                forget(userId, id);
            }
            throw e;
        }
        return connections.find(userId, id).orElseThrow();
    }

    private String known() {
        return String.join(", ", providers.all().stream().map(Provider::id).toList());
    }

    private static FoundAccount ask(Supplier<FoundAccount> question) {
        try {
            return question.get();
        } catch (FaultException e) {
            throw new RefusedByService(e.fault().kind(), e.fault().message());
        }
    }

    private UUID store(
            UUID userId,
            UUID fresh,
            Provider provider,
            FoundAccount account,
            Map<String, String> fields,
            ObjectNode patch,
            @Nullable String name) {
        return transaction.execute(status -> {
            var now = Columns.parameter(clock.instant());
            // Either inserts, or locks the row that this account has.
            var row = jdbc.sql("""
                            insert into hub.connection (id, user_id, provider, display_name, address, account,
                                                        created_at, updated_at)
                            values (:fresh, :user, :provider, :name, :address, :account, :now, :now)
                            on conflict (user_id, provider, address, account) do update set updated_at = :now
                            returning id, settings
                            """)
                    .param("fresh", fresh)
                    .param("user", userId)
                    .param("provider", provider.id())
                    .param("name", name == null ? provider.displayName() : name)
                    .param("address", account.address())
                    .param("account", account.account())
                    .param("now", now)
                    .query((r, number) -> Map.entry(Columns.id(r, "id"), Columns.object(r, "settings")))
                    .single();
            var id = row.getKey();
            var merged = Settings.merge(row.getValue(), patch);
            defaults.check(userId, id, Settings.of(merged, provider.poll().fastest()));
            jdbc.sql("""
                            update hub.connection
                            set credentials = :credentials, endpoints = cast(:endpoints as jsonb),
                                settings = cast(:settings as jsonb), display_name = coalesce(:name, display_name),
                                active = true, status = 'idle', error_code = null, error_message = null,
                                error_since = null, failures = 0, not_before = null, disconnected_at = null,
                                next_sync_at = case when confirmed_at is not null and :scheduled then :now end
                            where id = :id and user_id = :user
                            """)
                    .param("credentials", credentials.seal(id, fields))
                    .param("endpoints", json.valueToTree(account.endpoints()).toString())
                    .param("settings", merged.toString())
                    .param("name", name)
                    .param(
                            "scheduled",
                            Settings.of(merged, provider.poll().fastest()).scheduled())
                    .param("now", now)
                    .param("id", id)
                    .param("user", userId)
                    .update();
            return id;
        });
    }

    private void forget(UUID userId, UUID id) {
        jdbc.sql("delete from hub.connection where id = :id and user_id = :user and confirmed_at is null")
                .param("id", id)
                .param("user", userId)
                .update();
    }

    private void remember(UUID userId, UUID id, Fault fault) {
        jdbc.sql("""
                        update hub.connection
                        set status = 'error', error_code = :code, error_message = :message, error_since = :now
                        where id = :id and user_id = :user
                        """)
                .param("code", fault.kind())
                .param("message", fault.message())
                .param("now", Columns.parameter(clock.instant()))
                .param("id", id)
                .param("user", userId)
                .update();
    }
}
