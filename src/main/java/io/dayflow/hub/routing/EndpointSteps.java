package io.dayflow.hub.routing;

import io.dayflow.hub.endpoint.KeepMessages;
import io.dayflow.hub.endpoint.Outbox;
import io.dayflow.hub.endpoint.Outbox.Parcel;
import io.dayflow.hub.endpoint.Outbox.Turn;
import io.dayflow.hub.endpoint.Outcome;
import io.dayflow.hub.endpoint.Sender;
import io.dayflow.hub.endpoint.Settle;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps from a message in the outbox to its receiver, as {@code routes/core/endpoints.camel.yaml} names them. */
@Component("endpoint")
public class EndpointSteps {

    private static final Logger log = LoggerFactory.getLogger(EndpointSteps.class);
    private static final String TELLING = "telling";

    /** After so many messages others have a turn. */
    private static final int MOST = 200;

    private final Outbox outbox;
    private final Sender sender;
    private final Settle settle;
    private final KeepMessages messages;

    EndpointSteps(Outbox outbox, Sender sender, Settle settle, KeepMessages messages) {
        this.messages = messages;
        this.outbox = outbox;
        this.sender = sender;
        this.settle = settle;
    }

    /** How far the messages of one endpoint are sent. Used by one thread at a time. */
    public static final class Telling {

        private final Turn turn;
        private int sent;
        private boolean goesOn = true;
        private @Nullable Parcel parcel;

        Telling(Turn turn) {
            this.turn = turn;
        }

        public boolean isGoesOn() {
            return goesOn;
        }
    }

    /** Endpoints with something to send, leased. */
    public List<Turn> take() {
        return outbox.take();
    }

    /** Opens the turn; the variable {@code telling} tells the other steps. */
    public void open(Exchange exchange) {
        exchange.setVariable(TELLING, new Telling(exchange.getMessage().getBody(Turn.class)));
    }

    /** Body out: the next message; null, and the turn is over, where none is due. */
    public void next(Exchange exchange) {
        Telling telling = telling(exchange);
        telling.parcel = telling.sent < MOST ? outbox.next(telling.turn).orElse(null) : null;
        telling.sent++;
        telling.goesOn = telling.parcel != null;
        exchange.getMessage().setBody(telling.parcel);
    }

    /** Makes the attempt; body out: how it went. */
    public Outcome send(Exchange exchange) {
        return sender.send(exchange.getMessage().getBody(Parcel.class));
    }

    /** Notes how it went. After a failure the turn is over: what is due is tried in the next one. */
    public void settle(Exchange exchange) {
        Telling telling = telling(exchange);
        Parcel parcel = telling.parcel;
        if (parcel != null) {
            telling.goesOn = settle.settle(parcel, exchange.getMessage().getBody(Outcome.class));
        }
    }

    /** The hub itself failed: what was tried is tried again as planned. */
    public void broken(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        log.warn("webhooks interrupted, they will be sent again", Variables.innermostKnown(cause));
    }

    /** Gives the lease back. */
    public void close(Exchange exchange) {
        Telling telling = exchange.getVariable(TELLING, Telling.class);
        if (telling != null) {
            outbox.release(telling.turn);
        }
    }

    /** Forgets messages that were sent or given up long ago, and secrets that sign no more. */
    public void forget() {
        messages.forget();
    }

    private static Telling telling(Exchange exchange) {
        return Variables.get(exchange, TELLING, Telling.class);
    }
}
