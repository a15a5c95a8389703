package io.dayflow.hub.routing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The timer {@code hub.webhooks}: one request each, from its first byte read to its answer. */
final class WebhookMeter {

    private final MeterRegistry registry;

    WebhookMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code stored}, or why it was refused */
    void record(long startedNanos, String outcome) {
        Timer.builder("hub.webhooks")
                .description("Deliveries of services")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(registry)
                .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }
}
