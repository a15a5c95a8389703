package io.dayflow.hub.audit;

import io.dayflow.hub.storage.Columns;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The one place where lines of the audit trail go or are changed: by erasure, and by age. Thread-safe. */
@Component
public class AuditErasure {

    private final JdbcClient jdbc;

    AuditErasure(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes a person out of some lines, in the caller's transaction. Lines about their affairs go; where they acted on
     * somebody else's, the line stays and does not name them any more.
     *
     * @param most lines that are looked at; fewer done means that none are left
     * @return how many lines went or were changed
     */
    public int erase(UUID userId, int most) {
        int gone = jdbc.sql("""
                        delete from hub.audit where ctid = any(array(
                            select ctid from hub.audit where user_id = :user limit :most))
                        """).param("user", userId).param("most", most).update();
        if (gone == most) {
            return gone;
        }
        return gone
                + jdbc.sql("""
                        update hub.audit
                        set actor = case when actor = :id then 'erased' else actor end,
                            remote = case when actor = :id then null else remote end,
                            detail = case when position(:id in detail::text) > 0
                                          then replace(detail::text, :id, 'erased')::jsonb else detail end
                        where ctid = any(array(
                            select ctid from hub.audit
                            where actor = :id or position(:id in detail::text) > 0 limit :most))
                        """)
                        .param("id", userId.toString())
                        .param("most", most - gone)
                        .update();
    }

    /**
     * Lines older than that go, in the caller's transaction.
     *
     * @return how many; fewer than {@code most} means that none are left
     */
    public int forget(Instant before, int most) {
        return jdbc.sql("""
                        delete from hub.audit where ctid = any(array(
                            select ctid from hub.audit where at < :before order by at limit :most))
                        """)
                .param("before", Columns.parameter(before))
                .param("most", most)
                .update();
    }
}
