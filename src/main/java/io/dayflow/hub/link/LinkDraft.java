package io.dayflow.hub.link;

import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A link to be changed in a few places. */
final class LinkDraft {

    private final UUID id;
    private final UUID itemId;
    private final @Nullable UUID connectionId;

    @Nullable
    UUID collectionId;

    String externalId = "";
    String part = "";

    @Nullable
    String version;

    @Nullable
    View base;

    @Nullable
    View intent;

    @Nullable
    String extras;

    boolean verified = true;

    @Nullable
    String zone;

    Link.State state = Link.State.LIVE;

    @Nullable
    Instant goneAt;

    boolean pending;

    @Nullable
    Long parkedRevision;

    int attempts;

    @Nullable
    Instant notBefore;

    boolean deleteAllowed;
    Trail trail = Trail.EMPTY;

    @Nullable
    Instant quarantinedAt;

    long learnt;

    LinkDraft(UUID id, UUID itemId, @Nullable UUID connectionId, @Nullable UUID collectionId) {
        this.id = id;
        this.itemId = itemId;
        this.connectionId = connectionId;
        this.collectionId = collectionId;
    }

    LinkDraft(Link link) {
        this(link.id(), link.itemId(), link.connectionId(), link.collectionId());
        externalId = link.externalId();
        part = link.part();
        version = link.version();
        base = link.base();
        intent = link.intent();
        extras = link.extras();
        verified = link.verified();
        zone = link.zone();
        state = link.state();
        goneAt = link.goneAt();
        pending = link.pending();
        parkedRevision = link.parkedRevision();
        attempts = link.attempts();
        notBefore = link.notBefore();
        deleteAllowed = link.deleteAllowed();
        trail = link.trail();
        quarantinedAt = link.quarantinedAt();
        learnt = link.learnt();
    }

    Link link() {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                version,
                base,
                intent,
                extras,
                verified,
                zone,
                state,
                goneAt,
                pending,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed,
                trail,
                quarantinedAt,
                learnt);
    }
}
