package io.dayflow.hub.people;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of hub.account and of hub.account_identity. Thread-safe. */
@Component
public class HubAccounts {

    private static final String ROW =
            "select id, name, user_id, role, password_hash, password_set_at, disabled_at from hub.account ";
    private static final String CARD = """
            select a.id, a.name, a.user_id, a.role, a.password_hash is not null as password, a.created_at,
                   a.signed_in_at, a.disabled_at, u.email,
                   exists (select from hub.account_identity i where i.account_id = a.id) as issuer
            from hub.account a left join public.users u on u.id = a.user_id
            """;

    static final String LAST_OPERATOR = "This is the last operator who can sign in: make another one first.";

    private final JdbcClient jdbc;

    HubAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An account as operators see it. */
    public Optional<AccountCard> card(UUID id) {
        return jdbc.sql(CARD + "where a.id = :id")
                .param("id", id)
                .query(HubAccounts::card)
                .optional();
    }

    /** All accounts, oldest first. */
    public Page<AccountCard> list(PageRequest request) {
        var rows = jdbc.sql(CARD + """
                        where cast(:after as uuid) is null or a.id > :after
                        order by a.id limit :fetch
                        """)
                .param("after", request.after() == null ? null : request.after().id())
                .param("fetch", request.fetch())
                .query(HubAccounts::card)
                .list();
        return Page.of(rows, request, card -> Cursor.of(Instant.EPOCH, card.accountId()));
    }

    Optional<Account> find(UUID id) {
        return jdbc.sql(ROW + "where id = :id")
                .param("id", id)
                .query(HubAccounts::row)
                .optional();
    }

    /** By name, in whatever case it was typed. */
    Optional<Account> byName(String name) {
        return jdbc.sql(ROW + "where lower(name) = lower(:name)")
                .param("name", name)
                .query(HubAccounts::row)
                .optional();
    }

    Optional<Account> byUser(UUID userId) {
        return jdbc.sql(ROW + "where user_id = :user")
                .param("user", userId)
                .query(HubAccounts::row)
                .optional();
    }

    Optional<Account> byIdentity(String issuer, String subject) {
        return jdbc.sql(ROW + """
                        where id = (select account_id from hub.account_identity
                                    where issuer = :issuer and subject = :subject)
                        """)
                .param("issuer", issuer)
                .param("subject", subject)
                .query(HubAccounts::row)
                .optional();
    }

    /** Whether the account is somebody at this issuer already. */
    boolean hasIdentity(UUID id, String issuer) {
        return jdbc.sql("select exists (select from hub.account_identity where account_id = :id and issuer = :issuer)")
                .param("id", id)
                .param("issuer", issuer)
                .query(Boolean.class)
                .single();
    }

    void link(UUID id, String issuer, String subject, Instant now) {
        jdbc.sql("""
                        insert into hub.account_identity (issuer, subject, account_id, linked_at)
                        values (:issuer, :subject, :id, :now)
                        """)
                .param("issuer", issuer)
                .param("subject", subject)
                .param("id", id)
                .param("now", Columns.parameter(now))
                .update();
    }

    /** @return false where an account has that name or that user already */
    boolean insert(UUID id, String name, @Nullable UUID userId, Role role, @Nullable String hash, Instant now) {
        return jdbc.sql("""
                                insert into hub.account (id, name, user_id, role, password_hash, created_at, password_set_at)
                                values (:id, :name, :user, :role, :hash, :now,
                                        case when cast(:hash as text) is null then null else cast(:now as timestamptz) end)
                                on conflict do nothing
                                """)
                        .param("id", id)
                        .param("name", name)
                        .param("user", userId)
                        .param("role", role.id())
                        .param("hash", hash)
                        .param("now", Columns.parameter(now))
                        .update()
                == 1;
    }

    /**
     * Sets another password in the place of the one that was read.
     *
     * @return when it was set, as it is kept; empty where somebody else set another one meanwhile
     */
    Optional<Instant> replacePassword(Account read, String hash, Instant now) {
        return jdbc.sql("""
                        update hub.account set password_hash = :hash, password_set_at = :now
                        where id = :id and password_hash is not distinct from :read returning password_set_at
                        """)
                .param("hash", hash)
                .param("now", Columns.parameter(now))
                .param("id", read.id())
                .param("read", read.passwordHash())
                .query((row, number) -> Columns.instant(row, "password_set_at"))
                .optional();
    }

    void setPassword(UUID id, String hash, Instant now) {
        jdbc.sql("update hub.account set password_hash = :hash, password_set_at = :now where id = :id")
                .param("hash", hash)
                .param("now", Columns.parameter(now))
                .param("id", id)
                .update();
    }

    /** Ends all sessions of an account, on every instance. */
    void endSessions(UUID id) {
        jdbc.sql("delete from hub.http_session where principal_name = :id")
                .param("id", id.toString())
                .update();
    }

    void setRole(UUID id, Role role) {
        jdbc.sql("update hub.account set role = :role where id = :id")
                .param("role", role.id())
                .param("id", id)
                .update();
    }

    /** @param since null: not any more */
    void setDisabled(UUID id, @Nullable Instant since) {
        jdbc.sql("update hub.account set disabled_at = :since where id = :id")
                .param("since", Columns.parameterOrNull(since))
                .param("id", id)
                .update();
    }

    void signedIn(UUID id, Instant now) {
        jdbc.sql("update hub.account set signed_in_at = :now where id = :id")
                .param("now", Columns.parameter(now))
                .param("id", id)
                .update();
    }

    /** Locks the operators who can sign in, so that no two calls take away the last one together. */
    void lockOperators() {
        jdbc.sql("select id from hub.account where role = 'operator' and disabled_at is null order by id for update")
                .query(UUID.class)
                .list();
    }

    /** Whether nobody could run the hub without this account. Operators whose data are being erased do not stay. */
    boolean isLastOperator(UUID id) {
        return jdbc.sql("""
                        select exists (select from hub.account
                                       where id = :id and role = 'operator' and disabled_at is null)
                           and not exists (select from hub.account o
                                           where o.id <> :id and o.role = 'operator' and o.disabled_at is null
                                             and not exists (select from hub.erasure e where e.user_id = o.user_id))
                        """).param("id", id).query(Boolean.class).single();
    }

    /**
     * Keeps the hub from being left without an operator, until the caller's transaction ends.
     *
     * @throws ConflictingState if this user's account is that of the last operator who can sign in
     */
    public void refuseLastOperator(UUID userId) {
        lockOperators();
        if (byUser(userId).filter(account -> isLastOperator(account.id())).isPresent()) {
            throw new ConflictingState(LAST_OPERATOR);
        }
    }

    private static Account row(ResultSet row, int number) throws SQLException {
        return new Account(
                Columns.id(row, "id"),
                row.getString("name"),
                Columns.idOrNull(row, "user_id"),
                Role.of(row.getString("role")),
                row.getString("password_hash"),
                Columns.instantOrNull(row, "password_set_at"),
                Columns.instantOrNull(row, "disabled_at"));
    }

    private static AccountCard card(ResultSet row, int number) throws SQLException {
        return new AccountCard(
                Columns.id(row, "id"),
                row.getString("name"),
                Role.of(row.getString("role")),
                Columns.idOrNull(row, "user_id"),
                row.getString("email"),
                row.getBoolean("password"),
                row.getBoolean("issuer"),
                Columns.instantOrNull(row, "disabled_at") != null,
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "signed_in_at"));
    }
}
