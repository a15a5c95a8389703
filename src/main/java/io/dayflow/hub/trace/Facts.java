package io.dayflow.hub.trace;

import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored about an item and its sides, as far as the present state follows from it. */
final class Facts {

    private Facts() {}

    /** An item. */
    record Known(
            UUID id,
            Item item,
            long revision,
            Instant createdAt,
            @Nullable Instant deletedAt) {}

    /** A connection of the item's user. */
    record Connection(
            UUID id,
            String name,
            Set<Kind> kinds,
            Settings settings,
            boolean active,
            boolean confirmed,
            @Nullable Instant disconnectedAt,
            String status,
            @Nullable String trouble,
            @Nullable Instant troubleSince,
            @Nullable Instant notBefore,
            @Nullable String question,
            boolean writable) {}

    /**
     * The item's copy at a connection.
     *
     * @param kept the side keeps a copy that is not kept in agreement
     * @param differing fields in which the copy, as it was last seen, differs from the item
     */
    record Copy(
            String state,
            boolean there,
            boolean kept,
            boolean pending,
            boolean parked,
            boolean deleteAllowed,
            int attempts,
            @Nullable Instant notBefore,
            @Nullable Instant goneAt,
            @Nullable Instant quarantinedAt,
            Instant updatedAt,
            boolean readOnly,
            @Nullable String collection,
            @Nullable Dispute conflict,
            @Nullable Letter letter,
            List<String> differing) {}

    /** An open conflict. */
    record Dispute(UUID id, Instant detectedAt, List<String> fields) {}

    /** A dead letter about the copy. */
    record Letter(UUID id, boolean inbound, String message, Instant at) {}
}
