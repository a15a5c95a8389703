package io.dayflow.hub.sync;

import io.dayflow.hub.provider.Fault;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How runs end: through, stopped, failed, or given up to whoever takes the lease next. */
@Component
public class RunOutcomes {

    private static final Logger log = LoggerFactory.getLogger(RunOutcomes.class);

    private final PendingLinks pending;
    private final HubTransaction transaction;
    private final Leases leases;
    private final JobStore jobs;
    private final CollectionStore collections;
    private final RunStatus status;

    RunOutcomes(
            PendingLinks pending,
            HubTransaction transaction,
            Leases leases,
            JobStore jobs,
            CollectionStore collections,
            RunStatus status) {
        this.pending = pending;
        this.transaction = transaction;
        this.leases = leases;
        this.jobs = jobs;
        this.collections = collections;
        this.status = status;
    }

    /** The run is through. */
    public void complete(Run run) {
        List<String> vanished = collections.vanished(run.connection().id());
        transaction.execute(() -> {
            leases.fence(run.lease());
            jobs.end(run.jobId(), "completed", null, null);
            if (!run.preview()) {
                releaseSettled(run.connection().id());
                status.completed(run, vanished, jobs.question(run.connection().id()));
            } else {
                status.idle(run.connection().id());
            }
            if (run.scheduled()) {
                // an empty poll is no news
                jobs.forgetIfEmpty(run.jobId());
            }
        });
        leases.release(run.lease());
    }

    /** Nobody needs to answer a held job any more if nothing is held back: what was gone came back, or was confirmed. */
    private void releaseSettled(UUID connectionId) {
        if (!pending.hasDelete(connectionId)) {
            jobs.releaseHeld(connectionId);
        }
    }

    /** The user stopped the run. */
    public void stopped(Run run, RunStopped stop) {
        end(run, () -> {
            jobs.end(run.jobId(), stop.status(), null, null);
            status.idle(run.connection().id());
        });
        log.info("run {}", stop.status());
    }

    /** The run failed; what was committed stays, and a later run goes on from there. */
    public void failed(Run run, Fault fault) {
        log.warn("run failed: {}: {}", fault.kind(), fault.message());
        end(run, () -> {
            jobs.end(run.jobId(), "failed", RunStatus.errorType(fault), fault.message());
            status.failed(run, fault);
        });
    }

    /** Writes how the run ended. Where that fails too, the job stays open for whoever takes the lease next. */
    private void end(Run run, Runnable outcome) {
        try {
            transaction.execute(() -> {
                leases.fence(run.lease());
                outcome.run();
            });
            leases.release(run.lease());
        } catch (LeaseLost | DataAccessException | TransactionException e) {
            interrupted(run, e);
        }
    }

    private void interrupted(Run run, RuntimeException cause) {
        leases.forget(run.lease());
        if (cause instanceof LeaseLost) {
            log.info("run given up: {}", cause.getMessage());
        } else {
            log.warn("run interrupted, it will be taken up again: {}", cause.getMessage());
        }
    }

    /** Something of the hub's own went wrong: the job stays open, and is taken up again when the lease runs out. */
    public void broken(Run run, Throwable cause) {
        switch (cause) {
            case LeaseLost lost -> interrupted(run, lost);
            case DataAccessException database -> interrupted(run, database);
            case TransactionException database -> interrupted(run, database);
            default -> {
                log.error("run broken", cause);
                failed(
                        run,
                        new Fault.Transient(
                                "The hub itself failed: " + cause.getClass().getSimpleName()));
            }
        }
    }

    /** A run could not even begin: its lease is given back, and the job stays as it was. */
    public void neverBegun(Runs.RunLease taken, Throwable cause) {
        log.warn("run of {} could not begin", taken.connectionId(), cause);
        try {
            leases.release(taken.lease());
        } catch (DataAccessException | TransactionException e) {
            leases.forget(taken.lease());
        }
    }
}
