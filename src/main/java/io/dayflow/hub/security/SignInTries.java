package io.dayflow.hub.security;

import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns hub.sign_in_try and hub.sign_in_known. Times are in microseconds, as the database keeps them. */
final class SignInTries {

    /** An account that was not signed in to from an address for so long is unknown there. */
    private static final Duration KNOWN_FOR = Duration.ofDays(90);

    private static final Duration SEEN_AGAIN = Duration.ofDays(1);

    private final JdbcClient jdbc;

    SignInTries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Failures of one account or address.
     *
     * @param until before then no try is looked at
     */
    record Count(int failures, @Nullable Instant until, Instant forgetAt) {

        /** Nothing once it is to be forgotten. */
        Count at(Instant now) {
            return now.isBefore(forgetAt) ? this : new Count(0, null, forgetAt);
        }
    }

    /** A name as accounts are found by it, in whatever case it was typed. */
    String folded(String name) {
        return jdbc.sql("select lower(cast(? as text))")
                .param(name)
                .query(String.class)
                .single();
    }

    /** Until when, of these, one takes no try. */
    record Wait(String key, Instant until) {}

    /** The longest of their waits. */
    Optional<Wait> longest(List<String> keys, Instant now) {
        return jdbc.sql("""
                        select key, until from hub.sign_in_try where key in (:keys) and until > :now
                        order by until desc limit 1
                        """)
                .param("keys", keys)
                .param("now", Columns.parameter(now))
                .query((row, number) -> new Wait(row.getString("key"), Columns.instant(row, "until")))
                .optional();
    }

    /** Reads a count and keeps others from it until the end of the transaction. */
    Count locked(String key, Instant now) {
        return jdbc.sql("""
                        insert into hub.sign_in_try as known (key, failures, last_at, forget_at)
                        values (:key, 0, :now, :now)
                        on conflict (key) do update set key = excluded.key
                        returning failures, until, forget_at
                        """)
                .param("key", key)
                .param("now", Columns.parameter(now))
                .query((row, number) -> count(row))
                .single()
                .at(now);
    }

    void write(String key, Count count, Instant now) {
        jdbc.sql("""
                        update hub.sign_in_try
                        set failures = :failures, until = :until, last_at = :now, forget_at = :forget where key = :key
                        """)
                .param("failures", count.failures)
                .param("until", Columns.parameterOrNull(count.until))
                .param("now", Columns.parameter(now))
                .param("forget", Columns.parameter(count.forgetAt))
                .param("key", key)
                .update();
    }

    /** Takes one failure back, and the wait that it caused. */
    void takeBack(String key, @Nullable Instant caused) {
        jdbc.sql("""
                        update hub.sign_in_try set failures = greatest(failures - 1, 0),
                               until = nullif(until, cast(:caused as timestamptz)) where key = :key
                        """)
                .param("caused", Columns.parameterOrNull(caused))
                .param("key", key)
                .update();
    }

    void clear(String key) {
        jdbc.sql("delete from hub.sign_in_try where key = ?").param(key).update();
    }

    /** Whether the account was signed in to from there lately. */
    boolean isKnown(String account, String address, Instant now) {
        return jdbc.sql("""
                        select exists (select from hub.sign_in_known
                                       where account = :account and address = :address and last_at > :since)
                        """)
                .param("account", account)
                .param("address", address)
                .param("since", Columns.parameter(now.minus(KNOWN_FOR)))
                .query(Boolean.class)
                .single();
    }

    void remember(String account, String address, Instant now) {
        jdbc.sql("""
                        insert into hub.sign_in_known as known (account, address, last_at)
                        values (:account, :address, :now)
                        on conflict (account, address) do update set last_at = excluded.last_at
                        where known.last_at < :old
                        """)
                .param("account", account)
                .param("address", address)
                .param("now", Columns.parameter(now))
                .param("old", Columns.parameter(now.minus(SEEN_AGAIN)))
                .update();
    }

    /**
     * And what failed from there.
     *
     * @param but this one stays known
     */
    void forgetAddresses(String account, String but) {
        jdbc.sql("""
                        delete from hub.sign_in_try where key in (
                            select 'known:' || encode(sha256(convert_to(k.account || k.address, 'UTF8')), 'hex')
                            from hub.sign_in_known k where k.account = ? and k.address <> ?)
                        """).params(account, but).update();
        jdbc.sql("delete from hub.sign_in_known where account = ? and address <> ?")
                .params(account, but)
                .update();
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getInt("failures"), Columns.instantOrNull(row, "until"), Columns.instant(row, "forget_at"));
    }
}
