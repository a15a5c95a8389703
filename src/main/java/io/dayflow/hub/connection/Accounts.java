package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.consent.Consents;
import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderGateway;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.storage.Columns;
import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in an account that was found. One that is or was connected keeps its row, links, selection and settings, and gets the
 * new proof.
 */
@Component
class Accounts {

    private final ProviderGateway gateway;
    private final StoredCredentials credentials;
    private final Grants grants;
    private final KnownCollections collections;
    private final Connections connections;
    private final DefaultCollections defaults;
    private final Consents consents;
    private final Authorize authorize;
    private final BeingErased erased;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ObjectMapper json;
    private final Audit audit;

    Accounts(
            ProviderGateway gateway,
            StoredCredentials credentials,
            Grants grants,
            KnownCollections collections,
            Connections connections,
            DefaultCollections defaults,
            Consents consents,
            Authorize authorize,
            BeingErased erased,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            ObjectMapper json,
            Audit audit) {
        this.gateway = gateway;
        this.credentials = credentials;
        this.grants = grants;
        this.collections = collections;
        this.connections = connections;
        this.defaults = defaults;
        this.consents = consents;
        this.authorize = authorize;
        this.erased = erased;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.json = json;
        this.audit = audit;
    }

    /**
     * @param fresh the id of the connection, if the account is new
     * @param patch settings to set
     * @param name null: the service's own, or the one the connection has
     * @throws RefusedByService if a new account's collections cannot be listed; nothing is stored then
     */
    ConnectionCard take(
            UUID userId,
            UUID fresh,
            Provider provider,
            FoundAccount account,
            Proof proof,
            ObjectNode patch,
            @Nullable String name) {
        var stored = store(userId, fresh, provider, account, proof, patch, name);
        var id = stored.id();
        // a permission that typed credentials take the place of; only now, since the service may be slow
        stored.former().ifPresent(grant -> authorize.giveBack(grant.provider(), grant.tokens()));
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
                forget(userId, id, provider);
                throw new RefusedByService(e.fault().kind(), e.fault().message());
            }
            remember(userId, id, e.fault());
        } catch (RuntimeException e) {
            if (isNew) {
                forget(userId, id, provider);
            }
            throw e;
        }
        return connections.find(userId, id).orElseThrow();
    }

    private void tell(UUID userId, UUID id, boolean isNew, Provider provider, Proof proof) {
        var object = AuditLine.object("connection", id);
        audit.record(
                isNew ? Deed.CONNECTION_MADE : Deed.CONNECTION_RECONNECTED, userId, provider.id(), object, Map.of());
        var kind = switch (proof) {
            case Proof.Typed typed -> "typed";
            case Proof.Allowed allowed -> "oauth";
        };
        audit.record(Deed.CREDENTIALS_STORED, userId, provider.id(), object, Map.of("kind", kind));
    }

    /** @param former what the user had allowed before, and is no longer kept */
    private record Stored(UUID id, Optional<Grants.Grant> former) {}

    private Stored store(
            UUID userId,
            UUID fresh,
            Provider provider,
            FoundAccount account,
            Proof proof,
            ObjectNode patch,
            @Nullable String name) {
        return transaction.execute(status -> {
            // the service took its time: what was true when the call came may not be any more
            erased.refuse(userId);
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
                    .param("credentials", typed(id, proof), Types.BINARY)
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
            var former = Optional.<Grants.Grant>empty();
            switch (proof) {
                case Proof.Typed typed -> {
                    former = grants.forget(id);
                    consent(
                            userId,
                            id,
                            provider,
                            account,
                            Consents.Kind.CREDENTIALS,
                            new TreeSet<>(typed.fields().keySet()));
                }
                case Proof.Allowed allowed -> {
                    grants.store(id, allowed.tokens());
                    consent(
                            userId,
                            id,
                            provider,
                            account,
                            Consents.Kind.OAUTH2,
                            allowed.tokens().scopes().granted());
                }
            }
            tell(userId, id, id.equals(fresh), provider, proof);
            return new Stored(id, former);
        });
    }

    private void consent(
            UUID userId,
            UUID id,
            Provider provider,
            FoundAccount account,
            Consents.Kind kind,
            Collection<String> scopes) {
        consents.give(userId, id, provider.id(), account.account(), kind, scopes);
    }

    private byte @Nullable [] typed(UUID id, Proof proof) {
        return proof instanceof Proof.Typed typed ? credentials.seal(id, typed.fields()) : null;
    }

    private void forget(UUID userId, UUID id, Provider provider) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from hub.consent where connection_id = :id and user_id = :user")
                    .param("id", id)
                    .param("user", userId)
                    .update();
            jdbc.sql("delete from hub.connection where id = :id and user_id = :user and confirmed_at is null")
                    .param("id", id)
                    .param("user", userId)
                    .update();
            audit.record(
                    Deed.CONNECTION_DISCONNECTED,
                    userId,
                    provider.id(),
                    AuditLine.object("connection", id),
                    Map.of("because", "no_collections"));
        });
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
