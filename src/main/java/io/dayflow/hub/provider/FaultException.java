package io.dayflow.hub.provider;

/** Carries a fault through routes. */
public final class FaultException extends RuntimeException {

    private final transient Fault fault;

    public FaultException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    public FaultException(Fault fault, Throwable cause) {
        super(fault.message(), cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** {@link Fault#kind()}, for the conditions of routes. */
    public String getKind() {
        return fault.kind();
    }
}
