package io.dayflow.hub.refusal;

import io.dayflow.hub.provider.Fault;

/** The connected service did not do what was asked of it; the message is its reason (status 422). */
public final class RefusedByService extends RuntimeException {

    private final transient Fault fault;

    public RefusedByService(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
