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
 * @param trail who changed the copy last, as far as it is remembered
 * @param quarantinedAt since when nothing is carried over to it or from it, as both sides keep taking each other back
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
        Trail trail,
        @Nullable Instant quarantinedAt,
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
        return new LinkDraft(id, itemId, connectionId, collectionId).link();
    }

    /** The side was seen to hold this. Where that is nothing new, what failed before is tried again no sooner. */
    public Link seen(String externalId, String part, @Nullable String version, View base, @Nullable String extras) {
        LinkDraft draft = new LinkDraft(this);
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
        LinkDraft draft = new LinkDraft(seen(externalId, part, version, base, extras));
        draft.verified = false;
        draft.parkedRevision = null;
        draft.attempts = 0;
        draft.notBefore = null;
        draft.deleteAllowed = false;
        return draft.link();
    }

    /** A write is about to be sent. */
    public Link intending(View view) {
        LinkDraft draft = new LinkDraft(this);
        draft.intent = view;
        return draft.link();
    }

    /** The write was refused: the side holds what it held, and the next write may say something else. */
    public Link unsent() {
        LinkDraft draft = new LinkDraft(this);
        draft.intent = null;
        return draft.link();
    }

    /** The copy lies here, but what it holds has not been read. */
    public Link at(String externalId, String part) {
        LinkDraft draft = new LinkDraft(this);
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
        LinkDraft draft = new LinkDraft(this);
        draft.version = null;
        draft.state = State.DETACHED;
        draft.goneAt = at;
        draft.pending = false;
        return draft.link();
    }

    /** The side keeps its copy, which is no longer the hub's business. */
    public Link released(Instant at) {
        LinkDraft draft = new LinkDraft(this);
        draft.state = State.DETACHED;
        draft.goneAt = at;
        draft.pending = false;
        return draft.link();
    }

    /** DayFlow's row was read or written in this zone. */
    public Link inZone(String newZone) {
        LinkDraft draft = new LinkDraft(this);
        draft.zone = newZone;
        return draft.link();
    }

    /** The side lost its copy and is to get a new one. */
    public Link forgotten() {
        LinkDraft draft = new LinkDraft(this);
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
        LinkDraft draft = new LinkDraft(this);
        draft.pending = false;
        draft.parkedRevision = revision;
        return draft.link();
    }

    /** A push failed and is tried again later. */
    public Link retryAt(Instant at) {
        LinkDraft draft = new LinkDraft(this);
        draft.pending = true;
        draft.attempts = attempts + 1;
        draft.notBefore = at;
        return draft.link();
    }

    /** Tries again at once. */
    public Link unparked() {
        LinkDraft draft = new LinkDraft(this);
        draft.pending = true;
        draft.parkedRevision = null;
        draft.attempts = 0;
        draft.notBefore = null;
        return draft.link();
    }

    public Link inCollection(@Nullable UUID collection) {
        LinkDraft draft = new LinkDraft(this);
        draft.collectionId = collection;
        return draft.link();
    }

    public Link withPending(boolean value) {
        LinkDraft draft = new LinkDraft(this);
        draft.pending = value;
        return draft.link();
    }

    public Link withState(State newState, @Nullable Instant at) {
        LinkDraft draft = new LinkDraft(this);
        draft.state = newState;
        draft.goneAt = at;
        return draft.link();
    }

    /** The side never took the last write: it holds this, as it did before. */
    public Link unwritten(View held) {
        LinkDraft draft = new LinkDraft(this);
        draft.base = held;
        draft.intent = null;
        draft.verified = true;
        return draft.link();
    }

    /** The copy was changed so. */
    public Link noting(Turn turn) {
        LinkDraft draft = new LinkDraft(this);
        draft.trail = trail.with(turn);
        return draft.link();
    }

    public boolean isQuarantined() {
        return quarantinedAt != null;
    }

    /** Nothing is carried over any more until a person {@linkplain #freed says so}; an edit of the item waits. */
    public Link quarantined(Instant at) {
        LinkDraft draft = new LinkDraft(this);
        draft.pending = true;
        draft.quarantinedAt = at;
        return draft.link();
    }

    /** As before the quarantine: what the side holds now is read before anything is written to it. */
    public Link freed() {
        LinkDraft draft = new LinkDraft(unparked());
        draft.trail = Trail.EMPTY;
        draft.quarantinedAt = null;
        draft.verified = false;
        return draft.link();
    }

    /** As {@link #freed}, but what is not written is given up until somebody edits the item. */
    public Link givenUp(long revision) {
        LinkDraft draft = new LinkDraft(freed());
        draft.pending = false;
        draft.parkedRevision = revision;
        return draft.link();
    }

    /** The same, as a store keeps it that learns something of the copy at this tick. */
    public Link learntAt(long tick) {
        LinkDraft draft = new LinkDraft(this);
        draft.learnt = tick;
        return draft.link();
    }
}
