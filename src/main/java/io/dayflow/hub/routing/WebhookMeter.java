package io.dayflow.hub.routing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/** The timer {@code hub.webhooks}: one request each, from its first byte read to its answer. */
final class WebhookMeter {

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    WebhookMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** When its request began, as {@link #record} takes it. */
    static long started(Exchange exchange) {
        return System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(exchange.getClock().elapsed());
    }

    /** @param outcome {@code stored}, {@code handshake}, or why it was refused */
    void record(long startedNanos, String outcome) {
        timers.computeIfAbsent(outcome, this::timer).record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String outcome) {
        return Timer.builder("hub.webhooks")
                .description("Deliveries of services")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
