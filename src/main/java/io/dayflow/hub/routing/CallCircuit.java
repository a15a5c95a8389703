package io.dayflow.hub.routing;

import io.dayflow.hub.call.Circuits;
import io.dayflow.hub.provider.Fault;
import org.apache.camel.Exchange;

/** The bean {@code circuit}: leaves a host alone, for one connection, while it does not work. */
public class CallCircuit {

    private final Circuits circuits;

    CallCircuit(Circuits circuits) {
        this.circuits = circuits;
    }

    /** Asks for leave to send; throws a rate-limited fault while the circuit is open. */
    public void enter(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        circuits.enter(attempt.connection.id(), attempt.host);
        attempt.entered = true;
    }

    /** The service answered. */
    public void recordSuccess(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        if (attempt.entered) {
            attempt.entered = false;
            circuits.succeeded(attempt.connection.id(), attempt.host);
        }
    }

    /** The attempt's fault, once it is sorted. */
    public void recordFault(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Fault fault = attempt.fault;
        if (attempt.entered && fault != null) {
            attempt.entered = false;
            circuits.faulted(attempt.connection.id(), attempt.host, fault);
        }
    }
}
