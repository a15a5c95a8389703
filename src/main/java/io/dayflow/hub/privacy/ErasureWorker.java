package io.dayflow.hub.privacy;

import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditErasure;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.connection.EndConnections;
import io.dayflow.hub.privacy.Erasures.Erasure;
import io.dayflow.hub.privacy.Erasures.Step;
import io.dayflow.hub.privacy.HeldTable.Fate;
import io.dayflow.hub.security.SignInThrottle;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what an erasure asks for, in steps that are small transactions. It may be killed anywhere: another call, in this hub or
 * another, goes on where it was. Thread-safe.
 */
@Component
public class ErasureWorker {

    private static final Logger log = LoggerFactory.getLogger(ErasureWorker.class);
    private static final int BATCH = 1000;

    private final Erasures erasures;
    private final EndConnections connections;
    private final AuditErasure auditErasure;
    private final Signals signals;
    private final SignInThrottle throttle;
    private final Audit audit;
    private final Reach reach;
    private final PrivacySettings settings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ErasureWorker(
            Erasures erasures,
            EndConnections connections,
            AuditErasure auditErasure,
            Signals signals,
            SignInThrottle throttle,
            Audit audit,
            Reach reach,
            PrivacySettings settings,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.erasures = erasures;
        this.connections = connections;
        this.auditErasure = auditErasure;
        this.signals = signals;
        this.throttle = throttle;
        this.audit = audit;
        this.reach = reach;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Works on all that are due, each until it is done or has to wait for a service. */
    public void work() {
        for (UUID id : erasures.due()) {
            try {
                work(id, () -> {});
            } catch (RuntimeException e) {
                // its claim runs out, and the next call goes on
                log.error("The erasure {} is interrupted", id, e);
            }
        }
    }

    /**
     * Works on one.
     *
     * @param between called after each transaction and each call of a service; what it throws ends the work there
     */
    void work(UUID id, Runnable between) {
        var worker = UUID.randomUUID();
        if (!erasures.claim(id, worker)) {
            return;
        }
        boolean more = true;
        while (more) {
            between.run();
            more = go(id, worker, between);
        }
        erasures.release(id, worker);
    }

    /** One transaction, or one round through the services; false where there is nothing to do now. */
    private boolean go(UUID id, UUID worker, Runnable between) {
        var step = within(id, worker, Erasure::step);
        if (step == Step.STOP || step == Step.FINISH) {
            // first what this hub counted: others do both once they hear of it
            signals.flush();
            auditErasure.gather();
        }
        return switch (step) {
            case null -> false;
            case STOP -> did(within(id, worker, this::stop));
            case REVOKE -> revoke(id, worker, between);
            case DELETE -> did(within(id, worker, erasure -> delete(erasure, Fate.ERASED, Step.DAYFLOW)));
            case DAYFLOW -> did(within(id, worker, this::dayflow));
            case FINISH -> did(within(id, worker, this::finish));
            case DONE -> false;
        };
    }

    private <T> @Nullable T within(UUID id, UUID worker, Function<Erasure, T> action) {
        return transaction.execute(
                status -> erasures.lock(id, worker).map(action).orElse(null));
    }

    private static boolean did(@Nullable Boolean done) {
        return Boolean.TRUE.equals(done);
    }

    private boolean stop(Erasure erasure) {
        erasures.remember(erasure);
        connections.stop(erasure.userId()).forEach(provider -> erasures.permission(erasure.id(), provider, "typed"));
        erasures.advance(erasure.id(), Step.REVOKE);
        return true;
    }

    private boolean revoke(UUID id, UUID worker, Runnable between) {
        var erasure = within(id, worker, Function.identity());
        if (erasure == null) {
            return false;
        }
        boolean last = erasure.attempts() + 1 >= settings.revokeAttempts();
        boolean unanswered = false;
        for (var held : connections.held(erasure.userId())) {
            var outcomes = connections.giveBack(held, last);
            between.run();
            if (outcomes.isEmpty()) {
                unanswered = true;
                continue;
            }
            var noted = within(id, worker, locked -> {
                connections.forget(held.connectionId());
                erasures.count(id, "hub.oauth_grant", held.allowed() ? 1 : 0);
                outcomes.forEach(outcome -> erasures.permission(id, held.provider(), outcome));
                return true;
            });
            if (!did(noted)) {
                return false;
            }
            between.run();
        }
        if (!unanswered) {
            return did(within(id, worker, locked -> {
                erasures.advance(id, Step.DELETE);
                return true;
            }));
        }
        var wait = settings.revokeDelay().multipliedBy(1L << erasure.attempts());
        within(id, worker, locked -> {
            erasures.askAgain(id, clock.instant().plus(wait));
            return true;
        });
        return false;
    }

    /** One batch, of the first table that has any rows; the next step where none has. */
    private boolean delete(Erasure erasure, Fate fate, Step next) {
        if (deleteSome(erasure, fate, BATCH) == 0
                && (fate != Fate.ERASED || blankSome(erasure, BATCH) == 0 && eraseAudit(erasure) == 0)) {
            erasures.advance(erasure.id(), next);
        }
        return true;
    }

    private int deleteSome(Erasure erasure, Fate fate, int most) {
        for (var table : (Iterable<HeldTable>) HeldTables.of(fate)::iterator) {
            int rows = jdbc.sql("delete from " + table.name() + " where ctid = any(array(select t.ctid from "
                            + table.name() + " t where (" + table.reach() + ") limit " + most + "))")
                    .paramSource(reach.of(erasure.userId()))
                    .update();
            erasures.count(erasure.id(), table.name(), rows);
            if (rows > 0) {
                return rows;
            }
        }
        return 0;
    }

    private int blankSome(Erasure erasure, int most) {
        for (var deed : HeldTables.deeds()) {
            int rows = jdbc.sql("update " + deed.table() + " t set " + deed.blanked()
                            + " where t.ctid = any(array(select t.ctid from " + deed.table() + " t where ("
                            + deed.reach() + ") limit " + most + "))")
                    .paramSource(reach.of(erasure.userId()))
                    .update();
            erasures.count(erasure.id(), deed.name(), rows);
            if (rows > 0) {
                return rows;
            }
        }
        return 0;
    }

    private int eraseAudit(Erasure erasure) {
        var names = jdbc.sql("select * from " + HeldTables.NAMES + " names")
                .param("user", erasure.userId())
                .query(String.class)
                .list();
        names.forEach(throttle::forget);
        int lines = auditErasure.erase(erasure.userId(), names);
        erasures.count(erasure.id(), "hub.audit", lines);
        return lines;
    }

    private boolean dayflow(Erasure erasure) {
        if (!erasure.removesDayflow()) {
            erasures.advance(erasure.id(), Step.FINISH);
            return true;
        }
        asOwnWrite();
        return delete(erasure, Fate.DAYFLOW, Step.FINISH);
    }

    /** Else the change capture would note rows about the user again. */
    private void asOwnWrite() {
        jdbc.sql("select set_config('hub.origin', 'hub', true)")
                .query(String.class)
                .single();
    }

    /** Whatever came meanwhile goes too, while nothing more can come from DayFlow; then nobody is named any more. */
    private boolean finish(Erasure erasure) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:user, 0))::text")
                .param("user", "dayflow:" + erasure.userId())
                .query(String.class)
                .single();
        asOwnWrite();
        while (deleteSome(erasure, Fate.ERASED, BATCH) > 0
                || blankSome(erasure, BATCH) > 0
                || eraseAudit(erasure) > 0
                || erasure.removesDayflow() && deleteSome(erasure, Fate.DAYFLOW, BATCH) > 0) {
            continue;
        }
        erasures.finish(erasure.id());
        audit.record(new AuditLine(
                null, "hub", "data.erased", null, Map.of("receipt", erasure.id().toString()), null));
        log.info("The erasure {} is done", erasure.id());
        return false;
    }
}
