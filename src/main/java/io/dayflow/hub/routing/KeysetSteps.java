package io.dayflow.hub.routing;

import io.dayflow.hub.keyset.SealAnew;
import org.springframework.stereotype.Component;

/** What {@code routes/core/keyset.camel.yaml} has done. */
@Component("keyset")
public class KeysetSteps {

    private final SealAnew sealing;

    KeysetSteps(SealAnew sealing) {
        this.sealing = sealing;
    }

    /** Seals anew, with the primary key, what former keys sealed; how many values. */
    public int sealAnew() {
        return sealing.goOn();
    }
}
