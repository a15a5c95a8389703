package io.dayflow.hub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.webhook.Event;
import io.dayflow.hub.webhook.Events;
import io.dayflow.hub.webhook.Understood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps from stored deliveries to hints, as {@code routes/core/webhooks.camel.yaml} names them. */
@Component("event")
public class EventSteps {

    private static final Logger log = LoggerFactory.getLogger(EventSteps.class);
    private static final String READING = "reading";
    private static final String EVENT = "event";

    private final Events events;
    private final ObjectMapper json;

    EventSteps(Events events, ObjectMapper json) {
        this.events = events;
        this.json = json;
    }

    /** How far one provider's events are read. Used by one thread at a time. */
    public static final class Reading {

        private final Events.Batch batch;
        private boolean goesOn = true;

        Reading(Events.Batch batch) {
            this.batch = batch;
        }

        public boolean isGoesOn() {
            return goesOn;
        }
    }

    /** Providers with events, leased. */
    public List<Events.Batch> take() {
        return events.take();
    }

    /** Opens the batch; variables tell the other steps. */
    public void open(Exchange exchange) {
        Events.Batch batch = exchange.getMessage().getBody(Events.Batch.class);
        exchange.setVariable(READING, new Reading(batch));
        exchange.setVariable(Variables.PROVIDER, batch.provider().routes());
    }

    /** The next events. */
    public List<Event> next(Exchange exchange) {
        Reading reading = reading(exchange);
        List<Event> next = events.next(reading.batch);
        if (next.isEmpty()) {
            reading.goesOn = false;
        }
        return next;
    }

    /** Keeps the event; body out: what was delivered. */
    public JsonNode parse(Exchange exchange) throws IOException {
        Event event = exchange.getMessage().getBody(Event.class);
        exchange.setVariable(EVENT, event);
        return json.readTree(event.body());
    }

    /** What the provider's route made of the event. */
    public Understood understood(Exchange exchange) {
        List<Hint> hints = new ArrayList<>();
        if (exchange.getMessage().getBody() instanceof Iterable<?> found) {
            for (Object element : found) {
                if (!(element instanceof Hint hint)) {
                    throw new IllegalStateException("the route answers hints only, not a "
                            + element.getClass().getSimpleName());
                }
                hints.add(hint);
            }
        }
        return new Understood(Variables.get(exchange, EVENT, Event.class), hints, null);
    }

    /** The provider's route could make nothing of the event. */
    public Understood unreadable(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Event event = Variables.get(exchange, EVENT, Event.class);
        return new Understood(event, List.of(), problem(cause));
    }

    private static String problem(@Nullable Throwable cause) {
        if (cause == null) {
            return "The hub could not read it.";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Stores the hints and is done with their events. */
    public void settle(Exchange exchange) {
        List<Understood> understood = new ArrayList<>();
        if (exchange.getMessage().getBody() instanceof List<?> list) {
            list.forEach(element -> understood.add((Understood) element));
        }
        events.settle(reading(exchange).batch, understood);
    }

    /** The hub itself failed: the events stay as they are. */
    public void broken(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        log.warn("events of services interrupted, they will be taken up again", Variables.innermostKnown(cause));
    }

    /** Gives the lease back. */
    public void close(Exchange exchange) {
        Reading reading = exchange.getVariable(READING, Reading.class);
        if (reading != null) {
            events.release(reading.batch);
        }
    }

    private static Reading reading(Exchange exchange) {
        return Variables.get(exchange, READING, Reading.class);
    }
}
