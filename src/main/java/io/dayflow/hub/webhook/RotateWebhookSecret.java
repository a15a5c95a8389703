package io.dayflow.hub.webhook;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.SealedColumn;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the secret that a service signs with from now on. The one before is accepted beside it for a while, so that the
 * service's side and this one need not change at the same moment. Thread-safe.
 */
@Component
public class RotateWebhookSecret {

    private static final int LEAST = 8;
    private static final int MOST = 500;
    private static final Duration LONGEST = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ProviderCatalog catalog;
    private final ClientSecrets settings;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;
    private final Supplier<UUID> ids;

    RotateWebhookSecret(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ProviderCatalog catalog,
            ClientSecrets settings,
            Vault vault,
            Audit audit,
            Clock clock,
            Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.catalog = catalog;
        this.settings = settings;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /** What the values of hub.webhook_secret are sealed for. */
    static String context(UUID id) {
        return "webhook-secret:" + id;
    }

    /** Offers the column to those who rotate keys. */
    @Configuration(proxyBeanMethods = false)
    static class Sealed {
        @Bean
        SealedColumn sealedWebhookSecrets() {
            return new SealedColumn("hub.webhook_secret", "secret", "secret_key", "'webhook-secret:' || id");
        }
    }

    /**
     * For one connection, which from now on is told nothing that is signed otherwise.
     *
     * @param overlap how long the one before is accepted, at most 30 days
     * @return until when it is
     * @throws NotFound if the user has no such connection
     */
    public Instant ofConnection(UUID userId, UUID connectionId, Secret secret, Duration overlap) {
        check(secret, overlap);
        return transaction.execute(status -> {
            String provider = jdbc.sql("""
                            select provider from hub.connection
                            where id = :id and user_id = :user and disconnected_at is null for update
                            """)
                    .param("id", connectionId)
                    .param("user", userId)
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> new NotFound("There is no such integration."));
            form(provider);
            return replace(userId, userId, provider, connectionId, secret, overlap);
        });
    }

    /** For all webhooks of a service, in the place of the one of the settings. Only operators may; the caller sees to that. */
    public Instant ofService(UUID operatorId, String provider, Secret secret, Duration overlap) {
        check(secret, overlap);
        form(provider);
        return transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
                    .param("key", "webhook-secret:" + provider)
                    .query()
                    .listOfRows();
            boolean first = !jdbc.sql("""
                            select exists (select from hub.webhook_secret
                                           where provider = :provider and connection_id is null)
                            """)
                    .param("provider", provider)
                    .query(Boolean.class)
                    .single();
            if (first) {
                // the one of the settings goes on for the overlap like any other
                settings.of(provider).ifPresent(before -> insert(provider, null, before));
            }
            return replace(null, operatorId, provider, null, secret, overlap);
        });
    }

    private Instant replace(
            @Nullable UUID owner,
            UUID actor,
            String provider,
            @Nullable UUID connectionId,
            Secret secret,
            Duration overlap) {
        Instant until = clock.instant().plus(overlap);
        jdbc.sql("""
                        update hub.webhook_secret set valid_until = :until
                        where provider = :provider and connection_id is not distinct from :connection
                          and valid_until is null
                        """)
                .param("until", Columns.parameter(until))
                .param("provider", provider)
                .param("connection", connectionId, Types.OTHER)
                .update();
        insert(provider, connectionId, secret);
        jdbc.sql("""
                        delete from hub.webhook_secret
                        where provider = :provider and connection_id is not distinct from :connection
                          and valid_until < :now
                        """)
                .param("provider", provider)
                .param("connection", connectionId, Types.OTHER)
                .param("now", Columns.parameter(clock.instant()))
                .update();
        jdbc.sql("select pg_notify(:channel, '')")
                .param("channel", WebhookSecrets.CHANNEL)
                .query()
                .listOfRows();
        audit.record(new AuditLine(
                owner,
                actor.toString(),
                "webhook.secret_rotated",
                provider,
                connectionId == null ? Map.of() : Map.of("integrationId", connectionId.toString()),
                null));
        return until;
    }

    private void insert(String provider, @Nullable UUID connectionId, Secret secret) {
        UUID id = ids.get();
        jdbc.sql("""
                        insert into hub.webhook_secret (id, provider, connection_id, secret, made_at)
                        values (:id, :provider, :connection, :secret, :now)
                        """)
                .param("id", id)
                .param("provider", provider)
                .param("connection", connectionId, Types.OTHER)
                .param("secret", vault.seal(secret, context(id)))
                .param("now", Columns.parameter(clock.instant()))
                .update();
    }

    private void form(String provider) {
        if (catalog.find(provider).map(Provider::webhook).isEmpty()) {
            throw new InvalidRequest("service", "must be a service with webhooks");
        }
    }

    private static void check(Secret secret, Duration overlap) {
        int length = secret.reveal().length();
        if (length < LEAST || length > MOST) {
            throw new InvalidRequest("secret", "takes " + LEAST + " to " + MOST + " characters");
        }
        if (overlap.isNegative() || overlap.compareTo(LONGEST) > 0) {
            throw new InvalidRequest("overlapMinutes", "must be a number from 0 to " + LONGEST.toMinutes());
        }
    }
}
