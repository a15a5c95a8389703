package io.dayflow.hub.sync.memory;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.sync.ConflictStore;
import io.dayflow.hub.sync.LetterStore;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What people decide about, in memory: conflicts and dead letters. */
public record MemoryDecisions(MemoryStore store) implements ConflictStore, LetterStore {

    @Override
    public Optional<Place> find(UUID userId, UUID conflictId) {
        return store.conflicts
                .find(conflictId)
                .filter(conflict -> conflict.content().userId().equals(userId))
                .map(conflict -> new Place(
                        conflict.content().itemId(),
                        conflict.content().linkId(),
                        conflict.content().connectionId(),
                        conflict.open()));
    }

    @Override
    public void decided(UUID conflictId, String resolution) {
        store.conflicts.update(
                conflictId,
                conflict -> new MemoryStore.Conflict(conflict.content(), conflict.open(), resolution, "user"));
    }

    @Override
    public Optional<Letter> lock(UUID userId, UUID letterId) {
        return store.letters.stream()
                .filter(letter ->
                        letter.id().equals(letterId) && letter.userId().equals(userId))
                .findFirst()
                .map(letter -> new Letter(
                        letter.userId(),
                        letter.connectionId(),
                        letter.collectionId(),
                        letter.itemId(),
                        letter.linkId(),
                        letter.direction() == DeadLetter.Direction.INBOUND));
    }

    @Override
    public void remove(UUID letterId) {
        store.letters.keys().stream()
                .filter(place -> store.letters.get(place).id().equals(letterId))
                .toList()
                .forEach(store.letters::remove);
    }

    @Override
    public void forgetVersion(UUID letterId) {
        forget(letter -> letter.id().equals(letterId));
    }

    @Override
    public void forgetVersions(UUID connectionId, Collection<String> externalIds) {
        forget(letter -> letter.connectionId().equals(connectionId)
                && letter.direction() == DeadLetter.Direction.INBOUND
                && externalIds.contains(letter.externalId()));
    }

    private void forget(Predicate<DeadLetter> which) {
        store.letters.keys().forEach(place -> {
            DeadLetter letter = store.letters.get(place);
            if (which.test(letter)) {
                store.letters.put(
                        place,
                        new DeadLetter(
                                letter.id(),
                                letter.userId(),
                                letter.connectionId(),
                                letter.collectionId(),
                                letter.jobId(),
                                letter.itemId(),
                                letter.linkId(),
                                letter.direction(),
                                letter.externalId(),
                                letter.part(),
                                null,
                                letter.fault(),
                                letter.message(),
                                letter.payload(),
                                letter.at()));
            }
        });
    }
}
