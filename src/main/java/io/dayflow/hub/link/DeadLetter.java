package io.dayflow.hub.link;

import io.dayflow.hub.item.Abridged;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that failed for good, whole. There is at most one for a place (connection, direction, id, part); a newer one
 * takes its place. Of an id or a part that is too long it names the beginning and a digest.
 *
 * @param version the version it failed in, so that the same is not read again and again
 * @param fault the kind of fault, as {@link io.dayflow.hub.provider.Fault#kind()} names it, or {@link #QUARANTINED}
 */
public record DeadLetter(
        UUID id,
        UUID userId,
        UUID connectionId,
        @Nullable UUID collectionId,
        @Nullable UUID jobId,
        @Nullable UUID itemId,
        @Nullable UUID linkId,
        Direction direction,
        String externalId,
        String part,
        @Nullable String version,
        String fault,
        String message,
        @Nullable String payload,
        Instant at) {

    /** The most bytes of an object's id: it is looked up by an index, together with a part. */
    public static final int LONGEST_ID = 1_500;

    /** The most bytes of the name of a part. */
    public static final int LONGEST_PART = 900;

    /** The fault of what is not written because both sides keep taking each other back; no service ever gives it. */
    public static final String QUARANTINED = "quarantined";

    public DeadLetter {
        externalId = Abridged.of(externalId, LONGEST_ID);
        part = Abridged.of(part, LONGEST_PART);
    }

    /** An object that could not even be read, apart from any job; nothing of it is at hand. */
    public static DeadLetter unread(
            UUID id,
            UUID userId,
            UUID connectionId,
            UUID collectionId,
            String externalId,
            String fault,
            String message,
            Instant at) {
        Direction inbound = Direction.INBOUND;
        return new DeadLetter(
                id,
                userId,
                connectionId,
                collectionId,
                null,
                null,
                null,
                inbound,
                externalId,
                "",
                null,
                fault,
                message,
                null,
                at);
    }

    /** Which way it went. */
    public enum Direction {
        INBOUND,
        OUTBOUND;

        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
