package io.dayflow.hub.simulation;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import org.jspecify.annotations.Nullable;

/** Links with something changed that the hub changes only together with other things, or not at all. */
final class Links {

    private Links() {}

    /** A person confirmed the deletion. */
    static Link deleteAllowed(Link link) {
        return with(link, link.base(), link.intent(), link.extras(), true, true);
    }

    static Link with(
            Link link,
            @Nullable View base,
            @Nullable View intent,
            @Nullable String extras,
            boolean pending,
            boolean deleteAllowed) {
        return new Link(
                link.id(),
                link.itemId(),
                link.connectionId(),
                link.collectionId(),
                link.externalId(),
                link.part(),
                link.version(),
                base,
                intent,
                extras,
                link.verified(),
                link.zone(),
                link.state(),
                link.goneAt(),
                pending,
                link.parkedRevision(),
                link.attempts(),
                link.notBefore(),
                deleteAllowed,
                link.trail(),
                link.quarantinedAt(),
                link.learnt());
    }
}
