package io.dayflow.hub.provider;

import io.dayflow.hub.item.Kind;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a connection.
 *
 * @param cursor where the last complete listing ended; null asks for a full one
 */
public record CollectionRef(
        UUID id,
        String externalId,
        Kind kind,
        String name,
        boolean readOnly,
        Map<String, String> attributes,
        @Nullable String cursor) {

    /** The same collection, to be listed from there. */
    public CollectionRef from(@Nullable String newCursor) {
        return new CollectionRef(id, externalId, kind, name, readOnly, attributes, newCursor);
    }
}
