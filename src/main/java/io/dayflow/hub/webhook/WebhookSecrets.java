package io.dayflow.hub.webhook;

import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.NotificationListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The secrets that services sign with at present: those of a connection, else those told to the running hub for the whole
 * service, else the one of the settings. They are kept in memory for a while, and read anew on every instance as soon as
 * one changes. Thread-safe.
 */
@Component
class WebhookSecrets implements NotificationListener {

    static final String CHANNEL = "hub_webhook_secret";

    private static final UUID WHOLE_SERVICE = new UUID(0, 0);

    /** Should a notification be lost: so long an old secret passes, or a new one does not. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Addresses are anybody's to make up. */
    private static final int MOST = 10_000;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final ClientSecrets settings;
    private final Clock clock;

    /** Replaced as a whole: what was being read when a secret changed goes into the map that is let go. */
    private volatile ConcurrentHashMap<Key, Known> known = new ConcurrentHashMap<>();

    WebhookSecrets(JdbcClient jdbc, Vault vault, ClientSecrets settings, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    /** What the values of hub.webhook_secret are sealed for. */
    static String context(UUID id) {
        return "webhook-secret:" + id;
    }

    private record Key(String provider, UUID connectionId) {}

    /** @param until until when it is accepted; null: until another one takes over */
    record Stored(Secret secret, @Nullable Instant until) {

        boolean isValid(Instant now) {
            return until == null || until.isAfter(now);
        }
    }

    private record Known(List<Stored> secrets, Instant readAt) {}

    /**
     * Those that are valid now; none where nobody has set one.
     *
     * @param connectionId the connection that the called address names; null where it names none
     */
    List<Secret> of(String provider, @Nullable UUID connectionId) {
        Instant now = clock.instant();
        if (connectionId != null) {
            List<Stored> own = stored(new Key(provider, connectionId), now);
            if (!own.isEmpty()) {
                return valid(own, now);
            }
        }
        List<Stored> whole = stored(new Key(provider, WHOLE_SERVICE), now);
        return whole.isEmpty() ? settings.of(provider).stream().toList() : valid(whole, now);
    }

    /** Those of the whole service that are valid now, as the database holds them at this moment. */
    List<Stored> ofService(String provider) {
        Instant now = clock.instant();
        List<Stored> whole = read(new Key(provider, WHOLE_SERVICE));
        return whole.isEmpty()
                ? settings.of(provider).stream()
                        .map(secret -> new Stored(secret, null))
                        .toList()
                : whole.stream().filter(stored -> stored.isValid(now)).toList();
    }

    /** From now on they are read anew, here at once and on the other instances when they hear of it. */
    void forget() {
        known = new ConcurrentHashMap<>();
    }

    private static List<Secret> valid(List<Stored> secrets, Instant now) {
        return secrets.stream()
                .filter(stored -> stored.isValid(now))
                .map(Stored::secret)
                .toList();
    }

    private List<Stored> stored(Key key, Instant now) {
        ConcurrentHashMap<Key, Known> map = known;
        Known found = map.get(key);
        if (found == null || found.readAt().plus(LONGEST).isBefore(now)) {
            found = new Known(read(key), now);
            if (map.size() >= MOST) {
                map.clear();
            }
            map.put(key, found);
        }
        return found.secrets();
    }

    /** Also those that are over: where there was one, the one of the settings does not come back. */
    private List<Stored> read(Key key) {
        return jdbc.sql("""
                        select id, secret, valid_until from hub.webhook_secret
                        where provider = :provider
                          and coalesce(connection_id, '00000000-0000-0000-0000-000000000000') = :connection
                        order by made_at desc
                        """)
                .param("provider", key.provider())
                .param("connection", key.connectionId())
                .query((row, number) -> new Stored(
                        vault.open(row.getBytes("secret"), context(Columns.id(row, "id"))),
                        Columns.instantOrNull(row, "valid_until")))
                .list();
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public void notified(String payload) {
        forget();
    }

    @Override
    public void missed() {
        forget();
    }
}
