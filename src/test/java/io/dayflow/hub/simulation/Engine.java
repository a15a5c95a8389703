package io.dayflow.hub.simulation;

import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.DayflowChanges;
import io.dayflow.hub.sync.Inbound;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.PushOutcomes;
import io.dayflow.hub.sync.Pushes;
import io.dayflow.hub.sync.RunOutcomes;
import io.dayflow.hub.sync.Runs;
import io.dayflow.hub.sync.Sweep;
import io.dayflow.hub.webhook.Hints;

/**
 * The engine's use cases as one instance has them: what the routes call.
 *
 * @param beforeRows what a planted mistake does when a sweep is about to compare rows
 */
record Engine(
        String instance,
        Tally tally,
        Story story,
        Runs runs,
        RunOutcomes runOutcomes,
        Sweep sweep,
        Inbound inbound,
        Pushes pushes,
        PushOutcomes pushOutcomes,
        DayflowChanges dayflow,
        Hints hints,
        Leases leases,
        CollectionStore collections,
        Runnable beforeRows,
        Planted planted) {}
