package io.dayflow.hub.audit;

import io.dayflow.hub.storage.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The one place where lines of the audit trail are blanked or go: by erasure, and by age. The chain holds afterwards: the
 * database does both in functions of its own, and refuses every other way. Thread-safe.
 */
@Component
public class AuditErasure {

    private final JdbcClient jdbc;
    private final AuditThrottle throttle;

    AuditErasure(JdbcClient jdbc, AuditThrottle throttle) {
        this.jdbc = jdbc;
        this.throttle = throttle;
    }

    /**
     * Has what is only counted so far written, so that {@link #erase} finds it: by this hub at once, by others as soon as they
     * hear of it. Not in a transaction.
     */
    public void gather() {
        throttle.flushAll();
        jdbc.sql("select pg_notify('hub_work', 'audit')").query(row -> {});
    }

    /**
     * Takes a person out of all lines, in the caller's transaction: as the one who acted, as the one whose affair it was, and
     * where a line names their id. The lines stay and are marked as erased; a line {@code audit.erased} tells how many
     * parts of lines were blanked, and not whose.
     *
     * @param names other names of the person, such as an address, that lines may hold as actor or as {@code name}
     * @return how many parts of lines were blanked; a line has two
     */
    public int erase(UUID userId, Collection<String> names) {
        // counts of any hub are written before this, and found, or after the transaction, and name nobody
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('hub.audit:counts', 0))::text")
                .query(String.class)
                .single();
        return jdbc.sql("select hub.erase_audit(:user, :names)")
                .param("user", userId)
                .param("names", names.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    /**
     * Lines older than that go, from the beginning of the chain and up to the first that stays, in the caller's transaction.
     *
     * @param before at least a day ago
     * @return how many
     */
    public int forget(Instant before) {
        // the database refuses more, and its clock may be behind
        return jdbc.sql("select hub.forget_audit(least(:before, now() - interval '1 day'))")
                .param("before", Columns.parameter(before))
                .query(Integer.class)
                .single();
    }
}
