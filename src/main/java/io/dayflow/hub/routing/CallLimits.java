package io.dayflow.hub.routing;

import io.dayflow.hub.call.Limits;
import io.dayflow.hub.call.ProviderLimits;
import io.dayflow.hub.call.Slots;
import org.apache.camel.Exchange;

/** The bean {@code limits}: what the connection's provider allows, for the throttles of {@code core-call-send}. */
public class CallLimits {

    private final ProviderLimits limits;
    private final Slots slots;

    CallLimits(ProviderLimits limits, Slots slots) {
        this.limits = limits;
        this.slots = slots;
    }

    /** What the throttles count by: the connection's id. */
    public String key(Exchange exchange) {
        return Attempt.of(exchange).connection.id().toString();
    }

    /** Requests in any minute. */
    public int perMinute(Exchange exchange) {
        return limits(exchange).requestsPerMinute();
    }

    /** Requests in any second. */
    public int burst(Exchange exchange) {
        return limits(exchange).burst();
    }

    /** Waits until the connection has fewer calls under way than its provider allows. */
    public void takeSlot(Exchange exchange) throws InterruptedException {
        Attempt attempt = Attempt.of(exchange);
        slots.take(attempt.connection.id(), limits(exchange).concurrency());
        attempt.slot = true;
    }

    /** Lets the next call of the connection go. */
    public void releaseSlot(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        if (attempt.slot) {
            attempt.slot = false;
            slots.release(attempt.connection.id());
        }
    }

    private Limits limits(Exchange exchange) {
        return limits.of(Attempt.of(exchange).connection.provider());
    }
}
