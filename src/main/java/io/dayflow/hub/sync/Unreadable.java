package io.dayflow.hub.sync;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.util.UUID;

/** What is kept of an object that could not be read, or of the part of it. */
final class Unreadable {

    private Unreadable() {}

    static DeadLetter letter(
            Context context, CollectionRef collection, UUID connectionId, Fetched object, Mapped.Problem problem) {
        return new DeadLetter(
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
                context.now());
    }
}
