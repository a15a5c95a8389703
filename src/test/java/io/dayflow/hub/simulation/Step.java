package io.dayflow.hub.simulation;

import org.jspecify.annotations.Nullable;

/** One thing that a worker does without anybody coming between: a transaction, or a request to a service. */
interface Step {

    /** Does it, and says what comes next; null at the end. */
    @Nullable
    Step take();
}
