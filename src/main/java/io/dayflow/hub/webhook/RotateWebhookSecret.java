package io.dayflow.hub.webhook;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.provider.Handshake;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the secret that a service signs with from now on. Those before are accepted beside it for a while, so that the
 * service's side and this one need not change at the same moment. Thread-safe.
 */
@Component
public class RotateWebhookSecret {

    private static final int LEAST = 8;
    private static final int MOST = 500;
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Each of them is tried on every delivery. */
    private static final int MOST_BEFORE = 4;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ProviderCatalog catalog;
    private final WebhookSecrets secrets;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;
    private final Supplier<UUID> ids;

    RotateWebhookSecret(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ProviderCatalog catalog,
            WebhookSecrets secrets,
            Vault vault,
            Audit audit,
            Clock clock,
            Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.catalog = catalog;
        this.secrets = secrets;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /** What the secret is for; without a connection for all of the service's webhooks. */
    private record Place(String provider, @Nullable UUID connectionId) {}

    /**
     * For one connection, whose own address from now on takes nothing that is signed otherwise. The first one takes over
     * from those of the whole service.
     *
     * @param overlap how long those before are accepted, at most 30 days; zero ends all of them at once
     * @return until when they are, or null where there was none
     * @throws NotFound if the user has no such connection
     */
    public @Nullable Instant ofConnection(UUID userId, UUID connectionId, Secret secret, Duration overlap) {
        check(secret, overlap);
        return changed(() -> {
            String provider = jdbc.sql("""
                            select provider from hub.connection
                            where id = :id and user_id = :user and disconnected_at is null for update
                            """)
                    .param("id", connectionId)
                    .param("user", userId)
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> new NotFound("There is no such integration."));
            telling(provider, "integrationId");
            return replace(new Place(provider, connectionId), userId, secret, overlap);
        });
    }

    /**
     * For all webhooks of a service, in the place of the one of the settings. Only operators may; the caller sees to that.
     *
     * @param overlap how long those before are accepted, at most 30 days; zero ends all of them at once
     * @return until when they are, or null where there was none
     */
    public @Nullable Instant ofService(String provider, Secret secret, Duration overlap) {
        check(secret, overlap);
        telling(provider, "service");
        return changed(() -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
                    .param("key", "webhook-secret:" + provider)
                    .query()
                    .listOfRows();
            return replace(new Place(provider, null), null, secret, overlap);
        });
    }

    private @Nullable Instant changed(Supplier<@Nullable Instant> change) {
        Instant until = transaction.execute(status -> change.get());
        secrets.forget();
        return until;
    }

    private @Nullable Instant replace(Place place, @Nullable UUID owner, Secret secret, Duration overlap) {
        Instant now = clock.instant();
        Instant until = now.plus(overlap);
        int before = exists(place) ? end(place, until, now) : inherit(place, until, overlap);
        if (before > MOST_BEFORE && !overlap.isZero()) {
            throw new InvalidRequest(
                    "overlapMinutes", "must be 0: " + before + " former secrets would be accepted, which is too many");
        }
        insert(place, secret, null);
        at(place, "delete from hub.webhook_secret where %s and valid_until <= :now")
                .param("now", Columns.parameter(now))
                .update();
        jdbc.sql("select pg_notify(:channel, '')")
                .param("channel", WebhookSecrets.CHANNEL)
                .query()
                .listOfRows();
        tell(place, owner, overlap);
        return before == 0 ? null : until;
    }

    /** None of those before outlives the new overlap: zero ends every one that somebody may know. */
    private int end(Place place, Instant until, Instant now) {
        return at(place, """
                        update hub.webhook_secret set valid_until = least(coalesce(valid_until, :until), :until)
                        where %s and (valid_until is null or valid_until > :now)
                        """)
                .param("until", Columns.parameter(until))
                .param("now", Columns.parameter(now))
                .update();
    }

    /** Those that held here so far are of the whole service, or of the settings: here, they go on for the overlap. */
    private int inherit(Place place, Instant until, Duration overlap) {
        var before = secrets.ofService(place.provider());
        if (!overlap.isZero()) {
            before.forEach(former -> insert(place, former.secret(), earlier(former.until(), until)));
        }
        return before.size();
    }

    private static Instant earlier(@Nullable Instant end, Instant until) {
        return end != null && end.isBefore(until) ? end : until;
    }

    private boolean exists(Place place) {
        return at(place, "select exists (select from hub.webhook_secret where %s)")
                .query(Boolean.class)
                .single();
    }

    private JdbcClient.StatementSpec at(Place place, String sql) {
        return jdbc.sql(sql.formatted("provider = :provider and connection_id is not distinct from :connection"))
                .param("provider", place.provider())
                .param("connection", place.connectionId(), Types.OTHER);
    }

    private void insert(Place place, Secret secret, @Nullable Instant until) {
        UUID id = ids.get();
        jdbc.sql("""
                        insert into hub.webhook_secret (id, provider, connection_id, secret, made_at, valid_until)
                        values (:id, :provider, :connection, :secret, :now, :until)
                        """)
                .param("id", id)
                .param("provider", place.provider())
                .param("connection", place.connectionId(), Types.OTHER)
                .param("secret", vault.seal(secret, WebhookSecrets.context(id)))
                .param("now", Columns.parameter(clock.instant()))
                .param("until", until == null ? null : Columns.parameter(until), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    private void tell(Place place, @Nullable UUID owner, Duration overlap) {
        UUID connection = place.connectionId();
        audit.record(
                Deed.WEBHOOK_SECRET_ROTATED,
                owner,
                place.provider(),
                connection == null ? null : AuditLine.object("connection", connection),
                Map.of("overlapMinutes", overlap.toMinutes()));
    }

    private void telling(String provider, String field) {
        boolean asks = catalog.handshake(provider).map(Handshake::body).isPresent();
        if (!asks && catalog.find(provider).map(Provider::webhook).isEmpty()) {
            throw new InvalidRequest(field, "must be of a service with webhooks");
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
