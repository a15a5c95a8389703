package io.dayflow.hub.sync;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Dead letters as those who have their work done again name them. Methods take part in the caller's transaction. */
public interface LetterStore {

    /** What failed, and where. */
    record Letter(
            UUID userId,
            UUID connectionId,
            @Nullable UUID collectionId,
            @Nullable UUID itemId,
            @Nullable UUID linkId,
            boolean inbound) {}

    /** A dead letter of the user, locked. */
    Optional<Letter> lock(UUID userId, UUID letterId);

    /** The letter is not needed any more. */
    void remove(UUID letterId);

    /** The version that failed is forgotten, so that it is read again. */
    void forgetVersion(UUID letterId);

    /** The same of all inbound ones of these objects. */
    void forgetVersions(UUID connectionId, Collection<String> externalIds);
}
