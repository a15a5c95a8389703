package io.dayflow.hub.sync.store;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.sync.EnginePorts;
import io.dayflow.hub.sync.Leases;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store under the contract: its ports, and what others than the engine do to it and see of it. */
interface Store {

    /** A card of a connection, as far as the contract speaks of it. */
    record Card(
            String status, @Nullable String code, @Nullable String message) {}

    /** How a conflict is kept. */
    record Ended(
            boolean open,
            @Nullable String resolution,
            @Nullable String resolvedBy) {}

    EnginePorts ports();

    /** The store's time. */
    Instant now();

    /** Ids that grow, as the hub's own do. */
    UUID id();

    UUID user(String zone);

    /** A connection that is confirmed and switched on, with these settings as JSON. */
    UUID connection(UUID user, String settings);

    void select(UUID collection);

    /** The leases as another instance sees them. */
    Leases otherInstance();

    /** As if whoever holds it had been silent for too long. */
    void expire(String resource);

    /** Somebody asks for a run. */
    void request(UUID job, UUID connection, UUID user, boolean full, boolean preview);

    /** Somebody asks {@code pause} or {@code cancel} of a job. */
    void control(UUID job, String asked);

    /** A job's status; empty where there is none. */
    Optional<String> status(UUID job);

    Map<Count, Long> counts(UUID job);

    int foreseen(UUID job);

    Card card(UUID connection);

    Optional<Ended> conflict(UUID conflict);

    long lastEntry(UUID item);

    /** Somebody makes a task in DayFlow. */
    UUID addRow(UUID user, String title);

    void renameRow(UUID row, String title);

    void deleteRow(UUID row);

    void moveUser(UUID user, String zone);

    /** Who was woken since this was last asked. */
    Set<String> woken();
}
