package io.dayflow.hub.routing;

import io.dayflow.hub.call.Call;
import io.dayflow.hub.call.Destination;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Where one attempt of a call stands; lives in the exchange variable {@code attempt} from begin to end of a call. */
final class Attempt {

    static final String VARIABLE = "attempt";
    static final String CONNECTION = "connection";

    final ConnectionRef connection;
    final Destination destination;

    /** 1 for the first attempt of a call. */
    final int ordinal;

    final long started = System.nanoTime();

    /** The host first called; the circuit counts for it, whatever redirects follow. */
    final String host;

    /** What is sent next; a redirect changes its address. */
    Call call;

    int redirects;
    boolean refreshed;
    boolean trusted;

    /** The circuit waits for an outcome. */
    boolean entered;

    boolean slot;

    /** The service may have seen the request. */
    boolean reached;

    @Nullable
    String number;

    @Nullable
    Fault fault;

    Attempt(Call call, ConnectionRef connection, Destination destination, int ordinal) {
        this.call = call;
        this.connection = connection;
        this.destination = destination;
        this.ordinal = ordinal;
        this.host = String.valueOf(call.uri().getHost());
    }

    static Attempt of(Exchange exchange) {
        Attempt attempt = find(exchange);
        if (attempt == null) {
            throw new IllegalStateException("No call has begun in this exchange");
        }
        return attempt;
    }

    static @Nullable Attempt find(Exchange exchange) {
        return exchange.getVariable(VARIABLE, Attempt.class);
    }

    /** For Hawtio and logs. */
    @Override
    public String toString() {
        return "Attempt[" + call + ", connection " + connection.id() + "]";
    }
}
