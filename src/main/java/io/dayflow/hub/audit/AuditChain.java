package io.dayflow.hub.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Chains new lines of the trail, and lets its beginning go when it is old enough. Any number of hubs may do so at once: the
 * database lets one at a time. Writers of lines wait for nobody. Thread-safe.
 */
@Component("auditChain")
public class AuditChain {

    private static final Logger log = LoggerFactory.getLogger(AuditChain.class);
    private static final int BATCH = 2_000;
    private static final Duration BETWEEN_NOTES = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final AuditErasure erasure;
    private final TransactionTemplate transaction;
    private final AuditRetention retention;
    private final Clock clock;
    private final AtomicLong notedAt = new AtomicLong();

    AuditChain(
            JdbcClient jdbc,
            AuditErasure erasure,
            TransactionTemplate transaction,
            AuditRetention retention,
            Clock clock) {
        this.jdbc = jdbc;
        this.erasure = erasure;
        this.transaction = transaction;
        this.retention = retention;
        this.clock = clock;
    }

    /** Chains all lines that are committed and not chained yet, a batch in a transaction; how many. */
    public int seal() {
        int all = 0;
        int sealed;
        do {
            sealed = transaction.execute(status -> jdbc.sql("select hub.seal_audit(:most)")
                    .param("most", BATCH)
                    .query(Integer.class)
                    .single());
            all += sealed;
        } while (sealed == BATCH);
        if (all > 0) {
            note();
        }
        return all;
    }

    /** Forgets lines older than {@code hub.retention.audit}, from the beginning of the chain; how many. */
    public int forget() {
        seal();
        return transaction.execute(status -> erasure.forget(clock.instant().minus(retention.audit())));
    }

    /** Logs are often kept elsewhere: a head that stands there tells later whether the end was cut off. */
    private void note() {
        long now = clock.instant().getEpochSecond();
        long last = notedAt.get();
        if (now - last >= BETWEEN_NOTES.toSeconds() && notedAt.compareAndSet(last, now)) {
            log.info("The audit trail's head is {}", head());
        }
    }

    /** Where the chain ends. */
    public ChainHead head() {
        return jdbc.sql("select head_sequence, encode(head_hash, 'hex') as hash from hub.audit_chain")
                .query((row, number) -> new ChainHead(row.getLong("head_sequence"), row.getString("hash")))
                .single();
    }
}
