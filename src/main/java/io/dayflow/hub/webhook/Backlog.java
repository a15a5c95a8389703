package io.dayflow.hub.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What operators watch: {@code hub.webhooks.waiting} and {@code hub.webhooks.parked}, counted when they are asked for. */
@Component
class Backlog {

    private final EventStore events;

    Backlog(EventStore events, MeterRegistry registry) {
        this.events = events;
        Gauge.builder("hub.webhooks.waiting", this, backlog -> backlog.count("stored"))
                .description("Deliveries that are stored and not yet worked on")
                .register(registry);
        Gauge.builder("hub.webhooks.parked", this, backlog -> backlog.count("parked"))
                .description("Deliveries that could not be read")
                .register(registry);
    }

    private double count(String state) {
        try {
            return events.count(state);
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }
}
