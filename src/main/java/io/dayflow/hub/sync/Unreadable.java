package io.dayflow.hub.sync;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.util.UUID;

/** Parks objects of a page that could not be read, or parts of them, among what is to be written. */
final class Unreadable {

    private final WriteSet out;
    private final Context context;
    private final CollectionRef collection;
    private final UUID connectionId;

    Unreadable(WriteSet out, Context context, CollectionRef collection, UUID connectionId) {
        this.out = out;
        this.context = context;
        this.collection = collection;
        this.connectionId = connectionId;
    }

    /** Keeps what is at hand of it, and counts it as failed. */
    void park(Fetched object, Mapped.Problem problem) {
        out.count(Count.FAILED);
        out.park(new DeadLetter(
                context.ids().get(),
                context.userId(),
                connectionId,
                collection.id(),
                context.jobId(),
                null,
                null,
                DeadLetter.Direction.INBOUND,
                object.externalId(),
                problem.key(),
                object.version(),
                "unreadable",
                problem.reason(),
                object.payload(),
                context.now()));
    }
}
