package io.dayflow.hub.routing;

import io.dayflow.hub.sync.ForgetDeleted;
import org.springframework.stereotype.Component;

/** What {@code routes/core/housekeeping.camel.yaml} has done by the engine. */
@Component("housekeeping")
public class HousekeepingSteps {

    private final ForgetDeleted deleted;

    HousekeepingSteps(ForgetDeleted deleted) {
        this.deleted = deleted;
    }

    /** Forgets items that were deleted longer ago than {@code hub.sync.keep-deleted}; how many. */
    public int forgetDeleted() {
        return deleted.forget();
    }
}
