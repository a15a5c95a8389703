package io.dayflow.hub.simulation;

import org.jspecify.annotations.Nullable;

/** Takes in what was captured of DayFlow, a batch at a time: the route {@code core-dayflow}. */
final class DayflowWork {

    private final Engine engine;

    DayflowWork(Engine engine) {
        this.engine = engine;
    }

    @Nullable
    Step absorb() {
        if (!engine.dayflow().absorb()) {
            return null;
        }
        engine.tally().transaction();
        return this::absorb;
    }
}
