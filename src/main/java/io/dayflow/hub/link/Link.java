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
 * @param intent the view of a create that was sent and not yet confirmed
 * @param extras the object as the side holds it, whole
 * @param verified false while {@code extras} is what the hub wrote and has not read back
 * @param zone DayFlow only: the user's zone when the row was last read or written
 * @param pending whether the item changed since this side was last compared with it
 * @param parkedRevision the item revision whose push was refused
 * @param deleteAllowed a person confirmed this deletion, or the guard let it pass
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
        boolean deleteAllowed) {

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
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                "",
                "",
                null,
                null,
                null,
                null,
                true,
                null,
                State.LIVE,
                null,
                false,
                null,
                0,
                null,
                false);
    }

    /** The side was seen to hold this. */
    public Link seen(String externalId, String part, @Nullable String version, View base, @Nullable String extras) {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                version,
                base,
                null,
                extras,
                true,
                zone,
                State.LIVE,
                null,
                pending,
                parkedRevision,
                0,
                null,
                deleteAllowed);
    }

    /** The side took this from the hub; it has not been read back. */
    public Link written(String externalId, String part, @Nullable String version, View base, @Nullable String extras) {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                version,
                base,
                null,
                extras,
                false,
                zone,
                State.LIVE,
                null,
                pending,
                null,
                0,
                null,
                false);
    }

    /** A create is about to be sent. */
    public Link intending(View view) {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                version,
                base,
                view,
                extras,
                verified,
                zone,
                state,
                goneAt,
                pending,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** A create was refused: there is no copy, and the next one may say something else. */
    public Link unsent() {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                version,
                base,
                null,
                extras,
                verified,
                zone,
                state,
                goneAt,
                pending,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** The copy lies here, but what it holds has not been read. */
    public Link at(String externalId, String part) {
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
                deleteAllowed);
    }

    public Link inCollection(@Nullable UUID collection) {
        return new Link(
                id,
                itemId,
                connectionId,
                collection,
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
                deleteAllowed);
    }

    public Link withPending(boolean value) {
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
                value,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    public Link withState(State newState, @Nullable Instant at) {
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
                newState,
                at,
                pending,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** Neither side holds it any more. */
    public Link ended(Instant at) {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                null,
                base,
                intent,
                extras,
                verified,
                zone,
                State.DETACHED,
                at,
                false,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** The side keeps its copy, which is no longer the hub's business. */
    public Link released(Instant at) {
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
                State.DETACHED,
                at,
                false,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** DayFlow's row was read or written in this zone. */
    public Link inZone(String newZone) {
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
                newZone,
                state,
                goneAt,
                pending,
                parkedRevision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** The side lost its copy and is to get a new one. */
    public Link forgotten() {
        return new Link(
                id,
                itemId,
                connectionId,
                collectionId,
                externalId,
                part,
                null,
                null,
                null,
                extras,
                true,
                zone,
                State.LIVE,
                null,
                true,
                null,
                0,
                null,
                false);
    }

    /** A push was refused for good; the next revision tries again. */
    public Link parked(long revision) {
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
                false,
                revision,
                attempts,
                notBefore,
                deleteAllowed);
    }

    /** A push failed and is tried again later. */
    public Link retryAt(Instant at) {
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
                true,
                parkedRevision,
                attempts + 1,
                at,
                deleteAllowed);
    }

    /** Tries again at once. */
    public Link unparked() {
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
                true,
                null,
                0,
                null,
                deleteAllowed);
    }
}
