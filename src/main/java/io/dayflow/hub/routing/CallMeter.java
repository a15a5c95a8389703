package io.dayflow.hub.routing;

import io.dayflow.hub.provider.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The timer {@code hub.calls}: one attempt each, redirects and waiting for limits included. */
final class CallMeter {

    private final MeterRegistry registry;

    CallMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(Attempt attempt) {
        record(attempt, "answered");
    }

    void failed(Attempt attempt, Fault fault) {
        record(attempt, fault.kind());
    }

    private void record(Attempt attempt, String outcome) {
        Timer.builder("hub.calls")
                .description("Attempts of calls to providers")
                .tag("provider", attempt.connection.provider())
                .tag("method", attempt.call.method())
                .tag("outcome", outcome)
                .register(registry)
                .record(System.nanoTime() - attempt.started, TimeUnit.NANOSECONDS);
    }
}
