package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.ApiTokens;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.Permit;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.storage.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tokens of users' own scripts: looked up by their SHA-256, which needs no salt, for a token is 256 random bits. Every
 * presented text takes the same digest and the same query. What an operator made for another user opens nothing any more once
 * the account is no operator's. Thread-safe.
 */
@Component
public class PersonalTokens implements ApiTokens {

    /** What every token begins with, so that one that was published by mistake is found. */
    static final String PREFIX = "dfh_";

    /** A condition on {@code t} and {@code a}. */
    private static final String OPENS = """
             t.revoked_at is null and t.expires_at > :now
             and (t.account_id is null
                  or a.disabled_at is null and (a.user_id = t.user_id or a.role = 'operator'))
             and not exists (select from hub.account d where d.user_id = t.user_id and d.disabled_at is not null)
            """;

    private static final Duration COARSE = Duration.ofMinutes(5);
    private static final String CARD =
            "select id, name, scopes, created_at, expires_at, last_used_at from hub.personal_token ";

    private final JdbcClient jdbc;
    private final PeopleAudit audit;
    private final Clock clock;

    PersonalTokens(JdbcClient jdbc, PeopleAudit audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Optional<Permit> permitOf(Secret presented) {
        var now = clock.instant();
        var found = jdbc.sql("""
                        select t.id, t.user_id, t.scopes, t.last_used_at, coalesce(a.role = 'operator', false) as operator
                        from hub.personal_token t left join hub.account a on a.id = t.account_id
                        where t.digest = :digest and
                        """ + OPENS)
                .param("digest", digest(presented))
                .param("now", Columns.parameter(now))
                .query((row, number) -> used(row, now))
                .optional();
        return found;
    }

    /** Whether the token still goes for such a call, as when it was presented. */
    public boolean goesFor(UUID tokenId, Caller caller) {
        return jdbc.sql("""
                        select exists (
                            select from hub.personal_token t left join hub.account a on a.id = t.account_id
                            where t.id = :id and (not :operator and t.user_id = :user or a.role = 'operator') and
                        """ + OPENS + ")")
                .param("id", tokenId)
                .param("operator", caller.operator())
                .param("user", caller.userId())
                .param("now", Columns.parameter(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    private Permit used(ResultSet row, Instant now) throws SQLException {
        var id = Columns.id(row, "id");
        var used = Columns.instantOrNull(row, "last_used_at");
        if (used == null || used.plus(COARSE).isBefore(now)) {
            jdbc.sql("update hub.personal_token set last_used_at = :now where id = :id")
                    .param("now", Columns.parameter(now))
                    .param("id", id)
                    .update();
        }
        var scopes = scopes(row);
        boolean operator = scopes.contains(TokenScope.OPERATOR) && row.getBoolean("operator");
        return new Permit(id, new Caller(Columns.id(row, "user_id"), operator), scopes.contains(TokenScope.WRITE));
    }

    /** The user's tokens that were not revoked, the oldest first. */
    public Page<TokenCard> list(UUID userId, PageRequest request) {
        var rows = jdbc.sql(CARD + """
                        where user_id = :user and revoked_at is null
                          and (cast(:after as uuid) is null or id > :after)
                        order by id limit :fetch
                        """)
                .param("user", userId)
                .param("after", request.after() == null ? null : request.after().id())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(Instant.EPOCH, card.tokenId()));
    }

    /**
     * Ends a token at once.
     *
     * @throws NotFound if the user has no such token
     */
    @Transactional
    public void revoke(UUID userId, UUID tokenId) {
        var name = jdbc.sql("""
                        update hub.personal_token set revoked_at = :now
                        where id = :id and user_id = :user and revoked_at is null returning name
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .param("id", tokenId)
                .param("user", userId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NotFound("There is no such token."));
        audit.record(Deed.TOKEN_REVOKED, userId, Map.of("name", name, "token", tokenId.toString()));
    }

    /** Ends all tokens that an account made, and those of its user that others made. */
    void revokeAllOf(UUID accountId) {
        jdbc.sql("""
                        update hub.personal_token set revoked_at = :now
                        where revoked_at is null
                          and (account_id = :account
                               or user_id = (select user_id from hub.account where id = :account))
                        returning id, user_id, name
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .param("account", accountId)
                .query((row, number) -> Map.entry(
                        Columns.id(row, "user_id"),
                        Map.of("name", row.getString("name"), "token", row.getString("id"))))
                .list()
                .forEach(ended -> audit.record(Deed.TOKEN_REVOKED, ended.getKey(), ended.getValue()));
    }

    TokenCard card(UUID id) {
        return jdbc.sql(CARD + "where id = :id")
                .param("id", id)
                .query((row, number) -> card(row))
                .single();
    }

    private TokenCard card(ResultSet row) throws SQLException {
        var expires = Columns.instant(row, "expires_at");
        return new TokenCard(
                Columns.id(row, "id"),
                row.getString("name"),
                scopes(row),
                Columns.instant(row, "created_at"),
                expires,
                Columns.instantOrNull(row, "last_used_at"),
                !expires.isAfter(clock.instant()));
    }

    private static List<TokenScope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(TokenScope::of)
                .toList();
    }

    static byte[] digest(Secret token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
