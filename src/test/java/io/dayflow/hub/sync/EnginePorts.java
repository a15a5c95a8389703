package io.dayflow.hub.sync;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.sync.memory.MemoryCollections;
import io.dayflow.hub.sync.memory.MemoryConnections;
import io.dayflow.hub.sync.memory.MemoryDecisions;
import io.dayflow.hub.sync.memory.MemoryJobs;
import io.dayflow.hub.sync.memory.MemoryKept;
import io.dayflow.hub.sync.memory.MemoryLeases;
import io.dayflow.hub.sync.memory.MemoryLinks;
import io.dayflow.hub.sync.memory.MemoryPlanner;
import io.dayflow.hub.sync.memory.MemoryStore;
import io.dayflow.hub.sync.memory.MemoryUndo;
import io.dayflow.hub.sync.memory.MemoryWake;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Everything that the engine needs from outside; a test puts something else in the place of a port by a {@code with}. */
public record EnginePorts(
        HubTransaction transaction,
        LinkStore links,
        PendingLinks pending,
        GoneLinks gone,
        CollectionStore collections,
        ConnectionStore connections,
        JobStore jobs,
        DayflowCapture capture,
        Planner planner,
        Profiles profiles,
        ConflictStore conflicts,
        LetterStore letters,
        UndoStore undos,
        KeptItems kept,
        Leases leases,
        Wake wake,
        SyncSettings settings,
        Clock clock,
        Supplier<UUID> ids,
        RandomGenerator chance) {

    /** Ports of one instance of the hub over a store that others may share. */
    public static EnginePorts over(
            MemoryStore store, SyncSettings settings, Clock clock, Supplier<UUID> ids, RandomGenerator chance) {
        MemoryLinks links = new MemoryLinks(store);
        MemoryPlanner planner = new MemoryPlanner(store);
        MemoryConnections connections = new MemoryConnections(store);
        MemoryDecisions decisions = new MemoryDecisions(store);
        return new EnginePorts(
                store,
                links,
                links,
                links,
                new MemoryCollections(store, ids),
                connections,
                new MemoryJobs(store),
                planner,
                planner,
                connections,
                decisions,
                decisions,
                new MemoryUndo(store),
                new MemoryKept(store),
                new MemoryLeases(store, settings.leaseDuration(), ids),
                new MemoryWake(store),
                settings,
                clock,
                ids,
                chance);
    }

    public EnginePorts withTransaction(HubTransaction other) {
        return new EnginePorts(
                other,
                links,
                pending,
                gone,
                collections,
                connections,
                jobs,
                capture,
                planner,
                profiles,
                conflicts,
                letters,
                undos,
                kept,
                leases,
                wake,
                settings,
                clock,
                ids,
                chance);
    }

    public EnginePorts withLinks(LinkStore other) {
        return new EnginePorts(
                transaction,
                other,
                pending,
                gone,
                collections,
                connections,
                jobs,
                capture,
                planner,
                profiles,
                conflicts,
                letters,
                undos,
                kept,
                leases,
                wake,
                settings,
                clock,
                ids,
                chance);
    }

    public EnginePorts withCollections(CollectionStore other) {
        return new EnginePorts(
                transaction,
                links,
                pending,
                gone,
                other,
                connections,
                jobs,
                capture,
                planner,
                profiles,
                conflicts,
                letters,
                undos,
                kept,
                leases,
                wake,
                settings,
                clock,
                ids,
                chance);
    }

    public EnginePorts withPlanner(Planner other) {
        return new EnginePorts(
                transaction,
                links,
                pending,
                gone,
                collections,
                connections,
                jobs,
                capture,
                other,
                profiles,
                conflicts,
                letters,
                undos,
                kept,
                leases,
                wake,
                settings,
                clock,
                ids,
                chance);
    }

    public EnginePorts withLeases(Leases other) {
        return new EnginePorts(
                transaction,
                links,
                pending,
                gone,
                collections,
                connections,
                jobs,
                capture,
                planner,
                profiles,
                conflicts,
                letters,
                undos,
                kept,
                other,
                wake,
                settings,
                clock,
                ids,
                chance);
    }
}
