package io.dayflow.hub.routing;

import io.dayflow.hub.call.Faults;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code faults}: sorts what went wrong in a call, and throws it. */
public class CallFaults {

    private static final Logger log = LoggerFactory.getLogger(CallFaults.class);

    private final CallMeter meter;

    CallFaults(CallMeter meter) {
        this.meter = meter;
    }

    /** Sorts the exception that was caught into a {@link Fault} of the attempt. */
    public void sort(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Exception caught = caught(exchange);
        attempt.fault = Faults.sort(attempt.call, caught);
        attempt.reached = attempt.reached && !Faults.neverReached(caught);
        if (caught instanceof RuntimeException && !(caught instanceof FaultException)) {
            log.warn("A call of connection {} could not be made", attempt.connection.id(), caught);
        }
        if (attempt.entered) {
            meter.failed(attempt, attempt.fault);
        }
    }

    /** Throws the attempt's fault, for the failure policy to repeat or to pass on. */
    public void raise(Exchange exchange) {
        Fault fault = Attempt.of(exchange).fault;
        if (fault == null) {
            throw new IllegalStateException("Faults are sorted before they are raised");
        }
        Throwable own = Variables.ownTrouble(caught(exchange));
        throw own == null ? new FaultException(fault) : new FaultException(fault, own);
    }

    /**
     * Throws on, out of the door, what was caught. The exchange carries no mark of the repeats, so that the caller's own
     * error handling sees a failure of its own.
     */
    public void pass(Exchange exchange) throws Exception {
        Exception caught = caught(exchange);
        var marks = exchange.getExchangeExtension();
        marks.setFailureHandled(false);
        marks.setErrorHandlerHandled(null);
        marks.setRedeliveryExhausted(false);
        throw caught;
    }

    private static Exception caught(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return caught == null ? new IllegalStateException("Nothing was caught") : caught;
    }
}
