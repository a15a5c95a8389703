package io.dayflow.hub.routing;

import io.dayflow.hub.sync.DayflowChanges;
import org.springframework.stereotype.Component;

/** The steps from DayFlow's changes to agreement, as {@code routes/core/dayflow.camel.yaml} names them. */
@Component("dayflow")
public class DayflowSteps {

    private final DayflowChanges changes;

    DayflowSteps(DayflowChanges changes) {
        this.changes = changes;
    }

    /** Absorbs one batch; false when there was none. */
    public boolean absorb() {
        return changes.absorb();
    }
}
