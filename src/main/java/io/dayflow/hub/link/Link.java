package io.dayflow.hub.link;

import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tie between an item and its copy on one side.
 *
 * @param connectionId null for DayFlow; {@code externalId} is then the row's id
 * @param externalId empty until the side has named the copy
 * @param part which item of the object it is, where an object holds several
 * @param version what the side calls the state that was last seen
 * @param base the view last agreed on; null until the side holds a copy
 * @param intent the view of a write that was sent and not yet confirmed: whether it arrived is not known
 * @param extras the object as the side holds it, whole
 * @param verified false while {@code extras} is what the hub wrote and has not read back
 * @param zone DayFlow only: the user's zone when the row was last read or written
 * @param pending whether the item changed since this side was last compared with it
 * @param parkedRevision the item revision whose push was refused
 * @param deleteAllowed a person confirmed this deletion, or the guard let it pass
 * @param learnt the {@linkplain LinkStore#tick tick} at which version, base or state were last stored; 0 before the first time
 */
public record Link(
        UUID id,
        UUID itemId,
        @Nullable UUID connectionId,
        @Nullable UUID collectionId,
        String externalId,
        String part,
        @Nullable String version,
        @Nullable View base,
        @Nullable View intent,
        @Nullable String extras,
        boolean verified,
        @Nullable String zone,
        State state,
        @Nullable Instant goneAt,
        boolean pending,
        @Nullable Long parkedRevision,
        int attempts,
        @Nullable Instant notBefore,
        boolean deleteAllowed,
        long learnt) {

    /** What is known of the copy. */
    public enum State {
        /** The side holds it, or is to hold it. */
        LIVE,
        /** The side said, or proved, that it is no longer there; what follows is not decided yet. */
        GONE,
        /** It looks like another item; a person decides whether it is. */
        DUPLICATE,
        /** No longer kept in agreement: it ended on both sides, or the side keeps what DayFlow does not want any more. */
        DETACHED;

        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static State of(String id) {
            return valueOf(id.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** A new link to a side that holds, or is to hold, a copy. */
    public static Link fresh(UUID id, UUID itemId, @Nullable UUID connectionId, @Nullable UUID collectionId) {
        return new Draft(id, itemId, connectionId, collectionId).link();
    }

    /** The side was seen to hold this. Where that is nothing new, what failed before is tried again no sooner. */
    public Link seen(String externalId, String part, @Nullable String version, View base, @Nullable String extras) {
        Draft draft = new Draft(this);
        draft.externalId = externalId;
        draft.part = part;
        draft.version = version;
        draft.base = base;
        draft.intent = null;
        draft.extras = extras;
        draft.verified = true;
        draft.state = State.LIVE;
        draft.goneAt = null;
        draft.attempts = base.equals(this.base) ? attempts : 0;
        draft.notBefore = base.equals(this.base) ? notBefore : null;
        return draft.link();
    }

    /** The side took this from the hub; it has not been read back. */
    public Link written(String externalId, String part, @Nullable String version, View base, @Nullable String extras) {
        Draft draft = new Draft(seen(externalId, part, version, base, extras));
        draft.verified = false;
        draft.parkedRevision = null;
        draft.attempts = 0;
        draft.notBefore = null;
        draft.deleteAllowed = false;
        return draft.link();
    }

    /** A write is about to be sent. */
    public Link intending(View view) {
        Draft draft = new Draft(this);
        draft.intent = view;
        return draft.link();
    }

    /** The write was refused: the side holds what it held, and the next write may say something else. */
    public Link unsent() {
        Draft draft = new Draft(this);
        draft.intent = null;
        return draft.link();
    }

    /** The copy lies here, but what it holds has not been read. */
    public Link at(String externalId, String part) {
        Draft draft = new Draft(this);
        draft.externalId = externalId;
        draft.part = part;
        return draft.link();
    }

    /** Whether the side may hold something that was never read: it must be looked at before the copy is written. */
    public boolean mustBeRead() {
        return base != null && (!verified || intent != null);
    }

    /** Neither side holds it any more. */
    public Link ended(Instant at) {
        Draft draft = new Draft(this);
        draft.version = null;
        draft.state = State.DETACHED;
        draft.goneAt = at;
        draft.pending = false;
        return draft.link();
    }

    /** The side keeps its copy, which is no longer the hub's business. */
    public Link released(Instant at) {
        Draft draft = new Draft(this);
        draft.state = State.DETACHED;
        draft.goneAt = at;
        draft.pending = false;
        return draft.link();
    }

    /** DayFlow's row was read or written in this zone. */
    public Link inZone(String newZone) {
        Draft draft = new Draft(this);
        draft.zone = newZone;
        return draft.link();
    }

    /** The side lost its copy and is to get a new one. */
    public Link forgotten() {
        Draft draft = new Draft(this);
        draft.version = null;
        draft.base = null;
        draft.intent = null;
        draft.verified = true;
        draft.state = State.LIVE;
        draft.goneAt = null;
        draft.pending = true;
        draft.parkedRevision = null;
        draft.attempts = 0;
        draft.notBefore = null;
        draft.deleteAllowed = false;
        return draft.link();
    }

    /** A push was refused for good; the next revision tries again. */
    public Link parked(long revision) {
        Draft draft = new Draft(this);
        draft.pending = false;
        draft.parkedRevision = revision;
        return draft.link();
    }

    /** A push failed and is tried again later. */
    public Link retryAt(Instant at) {
        Draft draft = new Draft(this);
        draft.pending = true;
        draft.attempts = attempts + 1;
        draft.notBefore = at;
        return draft.link();
    }

    /** Tries again at once. */
    public Link unparked() {
        Draft draft = new Draft(this);
        draft.pending = true;
        draft.parkedRevision = null;
        draft.attempts = 0;
        draft.notBefore = null;
        return draft.link();
    }

    public Link inCollection(@Nullable UUID collection) {
        Draft draft = new Draft(this);
        draft.collectionId = collection;
        return draft.link();
    }

    public Link withPending(boolean value) {
        Draft draft = new Draft(this);
        draft.pending = value;
        return draft.link();
    }

    public Link withState(State newState, @Nullable Instant at) {
        Draft draft = new Draft(this);
        draft.state = newState;
        draft.goneAt = at;
        return draft.link();
    }

    /** The same, as a store keeps it that learns something of the copy at this tick. */
    public Link learntAt(long tick) {
        Draft draft = new Draft(this);
        draft.learnt = tick;
        return draft.link();
    }

    /** A copy to be changed in a few places. */
    private static final class Draft {

        private final UUID id;
        private final UUID itemId;
        private final @Nullable UUID connectionId;
        private @Nullable UUID collectionId;
        private String externalId = "";
        private String part = "";
        private @Nullable String version;
        private @Nullable View base;
        private @Nullable View intent;
        private @Nullable String extras;
        private boolean verified = true;
        private @Nullable String zone;
        private State state = State.LIVE;
        private @Nullable Instant goneAt;
        private boolean pending;
        private @Nullable Long parkedRevision;
        private int attempts;
        private @Nullable Instant notBefore;
        private boolean deleteAllowed;
        private long learnt;

        Draft(UUID id, UUID itemId, @Nullable UUID connectionId, @Nullable UUID collectionId) {
            this.id = id;
            this.itemId = itemId;
            this.connectionId = connectionId;
            this.collectionId = collectionId;
        }

        Draft(Link link) {
            this(link.id, link.itemId, link.connectionId, link.collectionId);
            externalId = link.externalId;
            part = link.part;
            version = link.version;
            base = link.base;
            intent = link.intent;
            extras = link.extras;
            verified = link.verified;
            zone = link.zone;
            state = link.state;
            goneAt = link.goneAt;
            pending = link.pending;
            parkedRevision = link.parkedRevision;
            attempts = link.attempts;
            notBefore = link.notBefore;
            deleteAllowed = link.deleteAllowed;
            learnt = link.learnt;
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
                    learnt);
        }
    }
}
