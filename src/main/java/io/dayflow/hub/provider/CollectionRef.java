package io.dayflow.hub.provider;

import io.dayflow.hub.item.Kind;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a connection.
 *
 * @param cursor where the last complete listing ended; null asks for a full one
 * @param rewinds how often its cursor was taken back before this cursor was looked up: what is read from here counts only
 *     as far as nobody asked since then for the collection to be read anew
 */
public record CollectionRef(
        UUID id,
        String externalId,
        Kind kind,
        String name,
        boolean readOnly,
        Map<String, String> attributes,
        @Nullable String cursor,
        long rewinds) {

    /** A collection whose cursor nobody ever took back. */
    public CollectionRef(
            UUID id,
            String externalId,
            Kind kind,
            String name,
            boolean readOnly,
            Map<String, String> attributes,
            @Nullable String cursor) {
        this(id, externalId, kind, name, readOnly, attributes, cursor, 0);
    }

    /** The same collection, to be listed from there. */
    public CollectionRef from(@Nullable String newCursor) {
        return new CollectionRef(id, externalId, kind, name, readOnly, attributes, newCursor, rewinds);
    }
}
