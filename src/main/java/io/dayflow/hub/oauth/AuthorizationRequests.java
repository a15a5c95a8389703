package io.dayflow.hub.oauth;

import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was begun and waits for the user to come back. A state is kept as its digest, serves once, for the one who began, and
 * for ten minutes. Thread-safe.
 */
@Component
class AuthorizationRequests {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** So long it can be told that a state was used or has expired. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Vault vault;
    private final Clock clock;

    AuthorizationRequests(JdbcClient jdbc, TransactionTemplate transaction, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.vault = vault;
        this.clock = clock;
    }

    /** What is needed to end what was begun. */
    record Begun(String redirectUri, @Nullable Secret verifier, List<String> asked) {}

    private record Row(
            UUID userId,
            String provider,
            byte @Nullable [] session,
            String redirectUri,
            byte @Nullable [] verifier,
            List<String> asked,
            Instant expiresAt,
            boolean used) {}

    /**
     * @param session a secret of the session that alone may end it; null: any call for the same user may
     * @param asked the scopes: by the time the user comes back, the provider's file may ask for others
     */
    void begin(
            UUID userId,
            String provider,
            String state,
            @Nullable Secret session,
            String redirectUri,
            @Nullable String verifier,
            List<String> asked) {
        var now = clock.instant();
        var digest = digest(state);
        jdbc.sql("delete from hub.authorization_request where expires_at < :past")
                .param("past", Columns.parameter(now.minus(REMEMBERED)))
                .update();
        jdbc.sql("""
                        insert into hub.authorization_request (state_digest, user_id, provider, session_digest,
                                                               redirect_uri, verifier, asked, created_at, expires_at)
                        values (:state, :user, :provider, :session, :redirect, :verifier, :asked, :now, :expires)
                        """)
                .param("state", digest)
                .param("user", userId)
                .param("provider", provider)
                .param("session", session == null ? null : digest(session.reveal()), Types.BINARY)
                .param("redirect", redirectUri)
                .param(
                        "verifier",
                        verifier == null ? null : vault.seal(Secret.of(verifier), context(digest)),
                        Types.BINARY)
                .param("asked", asked.toArray(String[]::new))
                .param("now", Columns.parameter(now))
                .param("expires", Columns.parameter(now.plus(LIFETIME)))
                .update();
    }

    /**
     * Uses a state, once for all.
     *
     * @throws WrongState if it is not one of this user, service and session, or was used, or has expired
     */
    Begun use(UUID userId, String provider, String state, @Nullable Secret session) {
        var digest = digest(state);
        return transaction.execute(status -> {
            var row = jdbc.sql("""
                            select user_id, provider, session_digest, redirect_uri, verifier, asked, expires_at,
                                   used_at is not null as used
                            from hub.authorization_request where state_digest = :state for update
                            """)
                    .param("state", digest)
                    .query((found, number) -> row(found))
                    .optional()
                    .orElseThrow(() -> new WrongState(WrongState.Reason.UNKNOWN));
            if (!row.userId().equals(userId) || !row.provider().equals(provider)) {
                throw new WrongState(WrongState.Reason.UNKNOWN);
            }
            if (!sameSession(row.session(), session)) {
                throw new WrongState(WrongState.Reason.ELSEWHERE);
            }
            if (row.used()) {
                throw new WrongState(WrongState.Reason.USED);
            }
            var now = clock.instant();
            if (!row.expiresAt().isAfter(now)) {
                throw new WrongState(WrongState.Reason.EXPIRED);
            }
            jdbc.sql("update hub.authorization_request set used_at = :now where state_digest = :state")
                    .param("now", Columns.parameter(now))
                    .param("state", digest)
                    .update();
            var verifier = row.verifier();
            return new Begun(
                    row.redirectUri(), verifier == null ? null : vault.open(verifier, context(digest)), row.asked());
        });
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Columns.id(row, "user_id"),
                row.getString("provider"),
                row.getBytes("session_digest"),
                row.getString("redirect_uri"),
                row.getBytes("verifier"),
                List.of((String[]) row.getArray("asked").getArray()),
                Columns.instant(row, "expires_at"),
                row.getBoolean("used"));
    }

    private static boolean sameSession(byte @Nullable [] began, @Nullable Secret session) {
        if (began == null || session == null) {
            return began == null && session == null;
        }
        return MessageDigest.isEqual(began, digest(session.reveal()));
    }

    private static String context(byte[] digest) {
        return "authorization-request:" + HexFormat.of().formatHex(digest);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
