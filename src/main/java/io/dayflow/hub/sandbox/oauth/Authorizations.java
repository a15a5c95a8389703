package io.dayflow.hub.sandbox.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * What was allowed. Tokens are kept as digests in PostgreSQL, so that they serve on after a restart; what waits for a decision
 * or a code's exchange is lost with the process. A refresh token that was replaced and comes again ends the whole permission,
 * as for a stolen one. Thread-safe.
 */
final class Authorizations implements OAuth2AuthorizationService, AccessTokens {

    /** The attribute that names the account. */
    static final String ACCOUNT = "account";

    private static final Duration PENDING = Duration.ofMinutes(10);

    private final JdbcTemplate jdbc;
    private final RegisteredClientRepository clients;
    private final Clock clock;
    private final BiPredicate<String, String> revoked;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    private record Pending(OAuth2Authorization authorization, Instant until) {}

    /** @param revoked whether a service, named first, is told to know no permission of an account */
    Authorizations(
            JdbcTemplate jdbc, RegisteredClientRepository clients, Clock clock, BiPredicate<String, String> revoked) {
        this.jdbc = jdbc;
        this.clients = clients;
        this.clock = clock;
        this.revoked = revoked;
        jdbc.execute("create schema if not exists sandbox");
        jdbc.execute("""
                create table if not exists sandbox.permission (
                    id text primary key, service text not null, account text not null, scopes text[] not null,
                    access text not null, issued_at timestamptz not null, expires_at timestamptz not null,
                    refresh text, spent text[] not null default '{}', ended boolean not null default false)""");
        jdbc.execute("create unique index if not exists permission_access on sandbox.permission (access)");
        jdbc.execute("create index if not exists permission_refresh on sandbox.permission (refresh)");
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        var now = clock.instant();
        pending.values().removeIf(waiting -> waiting.until().isBefore(now));
        pending.put(authorization.getId(), new Pending(authorization, now.plus(PENDING)));
        var access = authorization.getAccessToken();
        if (access != null) {
            store(authorization, access);
        }
    }

    private void store(OAuth2Authorization authorization, OAuth2Authorization.Token<OAuth2AccessToken> access) {
        var refresh = authorization.getRefreshToken();
        var digest = refresh == null ? null : digest(refresh.getToken().getTokenValue());
        boolean ended = access.isInvalidated() || (refresh != null && refresh.isInvalidated());
        jdbc.update(
                """
                insert into sandbox.permission (id, service, account, scopes, access, issued_at, expires_at, refresh, ended)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                set access = excluded.access, issued_at = excluded.issued_at, expires_at = excluded.expires_at,
                    spent = case when permission.refresh is distinct from excluded.refresh
                                 then array_append(permission.spent, permission.refresh) else permission.spent end,
                    refresh = excluded.refresh, ended = permission.ended or excluded.ended
                """,
                authorization.getId(),
                authorization.getRegisteredClientId(),
                Objects.requireNonNullElse(authorization.getAttribute(ACCOUNT), ""),
                authorization.getAuthorizedScopes().toArray(String[]::new),
                digest(access.getToken().getTokenValue()),
                Timestamp.from(instant(access.getToken().getIssuedAt())),
                Timestamp.from(instant(access.getToken().getExpiresAt())),
                digest,
                ended);
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        pending.remove(authorization.getId());
        jdbc.update("delete from sandbox.permission where id = ?", authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        var waiting = pending.get(id);
        return waiting == null ? null : waiting.authorization();
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return pending.values().stream()
                .map(Pending::authorization)
                .filter(authorization -> token.equals(authorization.getAttribute(OAuth2ParameterNames.STATE))
                        || token.equals(code(authorization)))
                .findFirst()
                .or(() -> stored(token))
                .orElse(null);
    }

    private static @Nullable String code(OAuth2Authorization authorization) {
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        return code == null ? null : code.getToken().getTokenValue();
    }

    private Optional<OAuth2Authorization> stored(String token) {
        var digest = digest(token);
        int stolen = jdbc.update("update sandbox.permission set ended = true where ? = any (spent)", digest);
        return stolen > 0
                ? Optional.empty()
                : jdbc
                        .query(
                                "select * from sandbox.permission where not ended and (access = ? or refresh = ?)",
                                (row, number) -> authorization(row, token, digest),
                                digest,
                                digest)
                        .stream()
                        .filter(found -> !revoked.test(
                                found.getRegisteredClientId(),
                                Objects.requireNonNullElse(found.getAttribute(ACCOUNT), "")))
                        .findFirst();
    }

    /** The token that is not at hand stands there as its digest. */
    private OAuth2Authorization authorization(ResultSet row, String token, String digest) throws SQLException {
        var client = Objects.requireNonNull(clients.findById(row.getString("service")));
        var issued = row.getTimestamp("issued_at").toInstant();
        var access = row.getString("access");
        var refresh = row.getString("refresh");
        Set<String> scopes =
                new LinkedHashSet<>(List.of((String[]) row.getArray("scopes").getArray()));
        var builder = OAuth2Authorization.withRegisteredClient(client)
                .id(row.getString("id"))
                .principalName(OauthServer.VISITOR.getName())
                .attribute(Principal.class.getName(), OauthServer.VISITOR)
                .attribute(ACCOUNT, row.getString("account"))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizedScopes(scopes)
                .accessToken(new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        access.equals(digest) ? token : "#" + access,
                        issued,
                        row.getTimestamp("expires_at").toInstant(),
                        scopes));
        if (refresh != null) {
            builder.refreshToken(new OAuth2RefreshToken(refresh.equals(digest) ? token : "#" + refresh, issued));
        }
        return builder.build();
    }

    @Override
    public Optional<Access> find(String service, String token) {
        return jdbc
                .query(
                        "select account, issued_at, expires_at from sandbox.permission"
                                + " where service = ? and access = ? and not ended",
                        (row, number) -> new Access(
                                row.getString("account"),
                                row.getTimestamp("issued_at").toInstant(),
                                row.getTimestamp("expires_at").toInstant().isBefore(clock.instant())),
                        service,
                        digest(token))
                .stream()
                .findFirst();
    }

    /** The scopes that an account's user allows at present. */
    Set<String> allowed(String service, String account) {
        return new LinkedHashSet<>(jdbc.queryForList(
                "select distinct unnest(scopes) from sandbox.permission where service = ? and account = ? and not ended",
                String.class,
                service,
                account));
    }

    /** The account's user takes back what was allowed. */
    void takeBack(String service, String account) {
        jdbc.update("update sandbox.permission set ended = true where service = ? and account = ?", service, account);
    }

    private static Instant instant(@Nullable Instant instant) {
        return Objects.requireNonNull(instant);
    }

    private static String digest(String token) {
        if (token.startsWith("#")) {
            return token.substring(1);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
