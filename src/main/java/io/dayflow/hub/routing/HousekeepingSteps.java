package io.dayflow.hub.routing;

import io.dayflow.hub.privacy.KeepRetention;
import io.dayflow.hub.sync.ForgetDeleted;
import org.springframework.stereotype.Component;

/** What {@code routes/core/housekeeping.camel.yaml} has done. */
@Component("housekeeping")
public class HousekeepingSteps {

    private final ForgetDeleted deleted;
    private final KeepRetention retention;

    HousekeepingSteps(ForgetDeleted deleted, KeepRetention retention) {
        this.deleted = deleted;
        this.retention = retention;
    }

    /** Forgets items that were deleted longer ago than {@code hub.sync.keep-deleted}; how many. */
    public int forgetDeleted() {
        return deleted.forget();
    }

    /** Forgets what was kept as long as {@code hub.retention} says. */
    public void keepRetention() {
        retention.keep();
    }
}
