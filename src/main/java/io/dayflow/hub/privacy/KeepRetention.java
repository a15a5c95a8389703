package io.dayflow.hub.privacy;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditChain;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets what was kept long enough, a batch in a transaction. Several hubs may do it at once. Thread-safe. */
@Component
public class KeepRetention {

    private static final Logger log = LoggerFactory.getLogger(KeepRetention.class);
    private static final int BATCH = 1000;
    private static final Duration LEASES = Duration.ofDays(1);

    private final RetentionSettings settings;
    private final AuditChain chain;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    KeepRetention(
            RetentionSettings settings,
            AuditChain chain,
            Audit audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.settings = settings;
        this.chain = chain;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Forgets all that is over; how much of each kind. */
    public Map<String, Integer> keep() {
        var gone = new LinkedHashMap<String, Integer>();
        older(gone, "hub.webhook_hint", "received_at < :before", settings.webhookEvents());
        older(gone, "hub.webhook_event", "state <> 'parked' and received_at < :before", settings.webhookEvents());
        older(gone, "hub.webhook_event", "state = 'parked' and received_at < :before", settings.parkedEvents());
        // one that says why a link is in quarantine is all there is to end that by
        older(gone, "hub.dead_letter", "last_at < :before and fault <> 'quarantined'", settings.deadLetters());
        older(gone, "hub.conflict", "status = 'resolved' and resolved_at < :before", settings.conflicts());
        older(gone, "hub.journal", "at < :before", settings.journal());
        older(gone, "hub.job", "completed_at < :before", settings.jobs());
        older(gone, "hub.consent", "ended_at < :before", settings.consents());
        older(gone, "hub.erasure", "finished_at < :before", settings.receipts());
        older(gone, "hub.lease", "until < :before", LEASES);
        attempt("hub.audit", () -> gone.put("hub.audit", chain.forget()));
        var objects = clock.instant().minus(settings.rawObjects());
        each(gone, "hub.link", () -> released(objects));
        each(gone, "hub.link", () -> ended(objects));
        gone.values().removeIf(number -> number == 0);
        if (!gone.isEmpty()) {
            log.info("No longer kept: {}", gone);
            note(gone);
        }
        return gone;
    }

    private void older(Map<String, Integer> gone, String table, String condition, Duration kept) {
        if (kept.isZero()) {
            return; // for good
        }
        var before = clock.instant().minus(kept);
        each(
                gone,
                table,
                () -> jdbc.sql("delete from " + table + " where ctid = any(array(select ctid from " + table + " where "
                                + condition + " limit " + BATCH + "))")
                        .param("before", Columns.parameter(before))
                        .update());
    }

    private void each(Map<String, Integer> gone, String table, IntSupplier batch) {
        attempt(table, () -> {
            int some = BATCH;
            while (some == BATCH) {
                Integer done = transaction.execute(status -> batch.getAsInt());
                some = done == null ? 0 : done;
                gone.merge(table, some, Integer::sum);
            }
        });
    }

    /** What fails for one table is tried again the next time, and is no reason to keep others' rows. */
    private static void attempt(String table, Runnable step) {
        try {
            step.run();
        } catch (DataAccessException | TransactionException e) {
            log.error("What is over in {} stays until the next time", table, e);
        }
    }

    /** Reports of what was deleted are made from the audit trail. It says by itself which of its lines went. */
    private void note(Map<String, Integer> gone) {
        var told = new TreeMap<>(gone);
        told.keySet().removeAll(List.of("hub.audit", "hub.lease"));
        if (!told.isEmpty()) {
            audit.record(new AuditLine(null, AuditLine.HUB, "data.forgotten", null, told, null));
        }
    }

    /** Copies that are let go are not written any more, and so need no object to be written into. */
    private int released(Instant before) {
        return jdbc.sql("""
                        update hub.link set extras = null where ctid = any(array(
                            select ctid from hub.link
                            where state = 'detached' and extras is not null and updated_at < :before limit :most))
                        """)
                .param("before", Columns.parameter(before))
                .param("most", BATCH)
                .update();
    }

    /**
     * Without its version an object is read again, and without its cursor a collection is listed again, should the connection
     * ever come back: then the object is there anew before anything is written.
     */
    private int ended(Instant before) {
        jdbc.sql("""
                        update hub.collection o set cursor = null, rewinds = rewinds + 1 from hub.connection c
                        where o.connection_id = c.id and c.disconnected_at < :before and o.cursor is not null
                        """).param("before", Columns.parameter(before)).update();
        return jdbc.sql("""
                        update hub.link set extras = null, version = null where ctid = any(array(
                            select l.ctid from hub.link l join hub.connection c on c.id = l.connection_id
                            where c.disconnected_at < :before and l.state = 'live' and l.extras is not null
                            limit :most))
                        """)
                .param("before", Columns.parameter(before))
                .param("most", BATCH)
                .update();
    }
}
