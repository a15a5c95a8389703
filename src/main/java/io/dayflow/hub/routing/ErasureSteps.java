package io.dayflow.hub.routing;

import io.dayflow.hub.privacy.ErasureWorker;
import org.springframework.stereotype.Component;

/** What {@code routes/core/privacy.camel.yaml} has done. */
@Component("erasure")
public class ErasureSteps {

    private final ErasureWorker worker;

    ErasureSteps(ErasureWorker worker) {
        this.worker = worker;
    }

    /** Goes on with every erasure that is not done and that nobody works on, as far as services let it. */
    public void work() {
        worker.work();
    }
}
