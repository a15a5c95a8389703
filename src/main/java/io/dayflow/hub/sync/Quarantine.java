package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Difference;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stops carrying over what both sides keep taking back from each other: a service that makes something else of a value each
 * time, or another program that writes on one side what the first writes on the other. The link waits, with a dead letter that
 * says so, until a person has it tried again; edits of either side wait with it and are merged then.
 */
@Component
class Quarantine {

    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    private final SyncSettings settings;
    private final RunStatus status;
    private final JobStore jobs;
    private final Supplier<UUID> ids;

    Quarantine(SyncSettings settings, RunStatus status, JobStore jobs, Supplier<UUID> ids) {
        this.settings = settings;
        this.status = status;
        this.jobs = jobs;
        this.ids = ids;
    }

    /** Whether the link may not be pushed: it is in quarantine, or the push would be one flip too many and puts it there. */
    boolean holds(Pushes.Batch batch, ItemBook book, Link link, WriteSet out) {
        if (link.isQuarantined()) {
            return true;
        }
        View held = link.base();
        int flips = link.trail().flips(book.context().now().minus(settings.quarantineWindow()));
        if (held == null
                || link.state() != Link.State.LIVE
                || book.isDeleted()
                || flips < settings.quarantineFlips()
                || Reconcile.desired(book, link, batch.profile()).equals(held)) {
            return false;
        }
        String fields = String.join(
                ", ",
                Difference.between(held, Reconcile.desired(book, link, batch.profile()))
                        .fields());
        out.park(RefusedPush.letter(
                ids.get(),
                batch,
                book,
                link,
                DeadLetter.QUARANTINED,
                "DayFlow and the service have taken each other's value back " + flips + " times in a row: " + fields
                        + ". Nothing is carried over until this is tried again."));
        out.count(Count.FAILED);
        book.put(link.quarantined(book.context().now()));
        log.warn("a link is in quarantine after {} flips", flips);
        return true;
    }

    /** What was put into quarantine shows on the connection's card, and in the job that met it. Call it once that is stored. */
    void tell(Pushes.Batch batch, WriteSet out) {
        if (!out.deadLetters().isEmpty()) {
            status.pushed(batch.profile().connection().id());
            if (batch.jobId() != null) {
                jobs.add(batch.jobId(), out.counts(), 0);
            }
        }
    }
}
