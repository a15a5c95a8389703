package io.dayflow.hub.routing;

import io.dayflow.hub.call.CallSettings;
import io.dayflow.hub.call.Repeat;
import io.dayflow.hub.provider.Fault;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;

/** The bean {@code retry}: whether a failed call is sent again, and when. */
public class CallRetry {

    private final CallSettings settings;
    private final Clock clock;

    CallRetry(CallSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Puts the time that a service asked for in place of the failure policy's own delay. */
    public void plan(Exchange exchange) {
        if (Attempt.of(exchange).fault instanceof Fault.RateLimited limited) {
            double chance = ThreadLocalRandom.current().nextDouble();
            exchange.getMessage()
                    .setHeader(
                            Exchange.REDELIVERY_DELAY,
                            Repeat.delay(limited.until(), clock.instant(), chance)
                                    .toMillis());
        }
    }

    /** Whether to send again; asked by the failure policy. */
    public boolean again(Exchange exchange) {
        Attempt attempt = Attempt.find(exchange);
        if (attempt == null || attempt.fault == null) {
            return false;
        }
        return Repeat.wanted(attempt.call, attempt.fault, attempt.reached, attempt.ordinal, settings, clock.instant());
    }
}
