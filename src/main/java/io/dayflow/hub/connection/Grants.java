package io.dayflow.hub.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.oauth.Scopes;
import io.dayflow.hub.oauth.TokenSet;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table hub.oauth_grant. Whoever holds the claim spends a refresh token, and what came of it takes the place of exactly
 * the tokens that were spent, so that of any number of hubs one spends a refresh token. Thread-safe.
 */
@Component
class Grants {

    private static final Logger log = LoggerFactory.getLogger(Grants.class);

    private final JdbcClient jdbc;
    private final Vault vault;
    private final ObjectMapper json;
    private final Clock clock;

    Grants(JdbcClient jdbc, Vault vault, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A row.
     *
     * @param version of the tokens
     * @param since when they were given
     * @param refusal why the service no longer accepts them; null while it does
     */
    record Grant(
            String provider,
            TokenSet tokens,
            long version,
            Instant since,
            @Nullable String refusal) {}

    private record Sealed(String access, @Nullable String refresh) {}

    Optional<Grant> find(UUID connectionId) {
        return jdbc.sql("""
                        select c.provider, g.tokens, g.version, g.expires_at, g.asked, g.scopes, g.named, g.refusal,
                               coalesce(g.refreshed_at, g.consented_at) as since
                        from hub.oauth_grant g join hub.connection c on c.id = g.connection_id
                        where g.connection_id = :id
                        """)
                .param("id", connectionId)
                .query((row, number) -> grant(connectionId, row))
                .optional();
    }

    /** The user consented, for the first time or again. Whoever spends former tokens now can no longer replace these. */
    void store(UUID connectionId, TokenSet tokens) {
        jdbc.sql("""
                        insert into hub.oauth_grant (connection_id, tokens, expires_at, asked, scopes, named, consented_at)
                        values (:id, :tokens, :expires, :asked, :scopes, :named, :now)
                        on conflict (connection_id) do update
                        set tokens = excluded.tokens, version = hub.oauth_grant.version + 1,
                            expires_at = excluded.expires_at, asked = excluded.asked, scopes = excluded.scopes,
                            named = excluded.named,
                            consented_at = excluded.consented_at, refreshed_at = null, refused_at = null, refusal = null,
                            refresher = null, refresh_until = null
                        """)
                .param("id", connectionId)
                .param("tokens", seal(connectionId, tokens))
                .param("expires", Columns.parameterOrNull(tokens.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("asked", tokens.scopes().asked().toArray(String[]::new))
                .param("scopes", tokens.scopes().granted().toArray(String[]::new))
                .param("named", tokens.scopes().named())
                .param("now", Columns.parameter(clock.instant()))
                .update();
    }

    /** Whose connection it is, if there still is one. */
    Optional<UUID> owner(UUID connectionId) {
        return jdbc.sql("select user_id from hub.connection where id = :id")
                .param("id", connectionId)
                .query(UUID.class)
                .optional();
    }

    /** Whether the user allows the hub anything at a service, by any account. */
    boolean any(UUID userId, String provider) {
        return jdbc.sql("""
                        select exists (
                            select from hub.oauth_grant g join hub.connection c on c.id = g.connection_id
                            where c.user_id = :user and c.provider = :provider and g.refusal is null)
                        """)
                .param("user", userId)
                .param("provider", provider)
                .query(Boolean.class)
                .single();
    }

    /** Forgets what was kept, and says what it was; empty also where no key opens it any more. */
    Optional<Grant> forget(UUID connectionId) {
        return jdbc.sql("""
                        delete from hub.oauth_grant g using hub.connection c
                        where c.id = g.connection_id and g.connection_id = :id
                        returning c.provider, g.tokens, g.version, g.expires_at, g.asked, g.scopes, g.named, g.refusal,
                                  coalesce(g.refreshed_at, g.consented_at) as since
                        """)
                .param("id", connectionId)
                .query((row, number) -> readable(connectionId, row))
                .optional()
                .flatMap(Function.identity());
    }

    private Optional<Grant> readable(UUID connectionId, ResultSet row) throws SQLException {
        try {
            return Optional.of(grant(connectionId, row));
        } catch (Vault.CannotOpen | IllegalStateException lost) {
            log.warn("The tokens of connection {} cannot be revoked: {}", connectionId, lost.getMessage());
            return Optional.empty();
        }
    }

    /** Whether the refresh token of this version is the caller's to spend, for so long. */
    boolean claim(UUID connectionId, long version, UUID refresher, Duration time) {
        return jdbc.sql("""
                        update hub.oauth_grant
                        set refresher = :refresher, refresh_until = now() + make_interval(secs => :seconds)
                        where connection_id = :id and version = :version and refusal is null
                          and (refresh_until is null or refresh_until < now())
                        """)
                        .param("refresher", refresher)
                        .param("seconds", time.toSeconds())
                        .param("id", connectionId)
                        .param("version", version)
                        .update()
                == 1;
    }

    /**
     * Puts new tokens in the place of those of this version; false where others are there by now, or none. Not asked for the
     * claim: whoever has new tokens has spent those of this version, be it late.
     */
    boolean replace(UUID connectionId, long version, TokenSet tokens) {
        return jdbc.sql("""
                        update hub.oauth_grant
                        set tokens = :tokens, version = version + 1, expires_at = :expires, asked = :asked,
                            scopes = :scopes, named = :named, refreshed_at = :now, refresher = null, refresh_until = null
                        where connection_id = :id and version = :version and refusal is null
                        """)
                        .param("tokens", seal(connectionId, tokens))
                        .param("expires", Columns.parameterOrNull(tokens.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("asked", tokens.scopes().asked().toArray(String[]::new))
                        .param("scopes", tokens.scopes().granted().toArray(String[]::new))
                        .param("named", tokens.scopes().named())
                        .param("now", Columns.parameter(clock.instant()))
                        .param("id", connectionId)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Gives a claim back. */
    void release(UUID connectionId, UUID refresher) {
        jdbc.sql("""
                        update hub.oauth_grant set refresher = null, refresh_until = null
                        where connection_id = :id and refresher = :refresher
                        """).param("id", connectionId).param("refresher", refresher).update();
    }

    /**
     * The service ended the grant: the connection needs its user, and is told so. False where other tokens are there by now,
     * or somebody else has the claim.
     */
    boolean end(UUID connectionId, long version, UUID refresher, String reason) {
        return jdbc.sql("""
                        with ended as (
                            update hub.oauth_grant
                            set refused_at = :now, refusal = :reason, refresher = null, refresh_until = null
                            where connection_id = :id and version = :version and refresher = :refresher
                            returning connection_id)
                        update hub.connection
                        set status = 'needs_reconnect', error_code = 'needs_reconnect', error_message = :reason,
                            error_since = :now, next_sync_at = null, updated_at = :now
                        where id in (select connection_id from ended)
                        """)
                        .param("now", Columns.parameter(clock.instant()))
                        .param("reason", reason)
                        .param("id", connectionId)
                        .param("version", version)
                        .param("refresher", refresher)
                        .update()
                == 1;
    }

    private Grant grant(UUID connectionId, ResultSet row) throws SQLException {
        var opened = opened(vault.open(row.getBytes("tokens"), context(connectionId)));
        var refresh = opened.refresh();
        return new Grant(
                row.getString("provider"),
                new TokenSet(
                        Secret.of(opened.access()),
                        refresh == null ? null : Secret.of(refresh),
                        Columns.instantOrNull(row, "expires_at"),
                        scopes(row)),
                row.getLong("version"),
                Columns.instant(row, "since"),
                row.getString("refusal"));
    }

    /** Of a row with the columns {@code asked}, {@code scopes} and {@code named}. */
    static Scopes scopes(ResultSet row) throws SQLException {
        return new Scopes(
                List.of((String[]) row.getArray("asked").getArray()),
                List.of((String[]) row.getArray("scopes").getArray()),
                row.getBoolean("named"));
    }

    private byte[] seal(UUID connectionId, TokenSet tokens) {
        var refresh = tokens.refresh();
        var plain = new Sealed(tokens.access().reveal(), refresh == null ? null : refresh.reveal());
        return vault.seal(Secret.of(json.valueToTree(plain).toString()), context(connectionId));
    }

    private Sealed opened(Secret secret) {
        try {
            return Objects.requireNonNull(json.readValue(secret.reveal(), Sealed.class));
        } catch (JsonProcessingException e) {
            // The cause would quote the secret.
            throw new IllegalStateException("a stored grant holds no tokens");
        }
    }

    private static String context(UUID connectionId) {
        return "oauth-grant:" + connectionId;
    }
}
