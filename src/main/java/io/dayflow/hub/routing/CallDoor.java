package io.dayflow.hub.routing;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.call.Circuits;
import io.dayflow.hub.call.Credentials;
import io.dayflow.hub.call.Departures;
import io.dayflow.hub.call.Destinations;
import io.dayflow.hub.call.FaultTables;
import io.dayflow.hub.call.Faults;
import io.dayflow.hub.call.PlainHttp;
import io.dayflow.hub.call.Redirects;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The bean {@code call}: turns a {@link Call} into an HTTP request of the route, and what comes back into an {@link Answer}. */
public class CallDoor {

    private static final int EXCERPT = 16_384;

    /** How the headers begin in which Camel counts repeats. */
    private static final String REPEATS = "CamelRedeliver";

    private static final String CALLERS_REPEATS = "callers-repeats";

    private final Destinations destinations;
    private final Departures departures;
    private final Credentials credentials;
    private final FaultTables faultTables;
    private final Circuits circuits;
    private final CallMeter meter;
    private final PlainHttp plainHttp;
    private final Clock clock;

    CallDoor(
            Destinations destinations,
            Departures departures,
            Credentials credentials,
            FaultTables faultTables,
            Circuits circuits,
            CallMeter meter,
            PlainHttp plainHttp,
            Clock clock) {
        this.destinations = destinations;
        this.departures = departures;
        this.credentials = credentials;
        this.faultTables = faultTables;
        this.circuits = circuits;
        this.meter = meter;
        this.plainHttp = plainHttp;
        this.clock = clock;
    }

    /** Begins a call: takes off the caller's headers, which are nobody else's. */
    public void open(Exchange exchange) {
        Message message = exchange.getMessage();
        var callers = new HashMap<String, Object>();
        message.getHeaders().forEach((name, value) -> {
            if (name.startsWith(REPEATS)) {
                callers.put(name, value);
            }
        });
        message.removeHeaders("*");
        exchange.setVariable(CALLERS_REPEATS, callers);
        exchange.removeVariable(Attempt.VARIABLE);
    }

    /** Begins an attempt: body {@link Call}, variable {@code connection}. */
    public void begin(Exchange exchange) {
        Call call = exchange.getMessage().getBody() instanceof Call given ? given : null;
        ConnectionRef connection = exchange.getVariable(Attempt.CONNECTION, ConnectionRef.class);
        if (call == null || connection == null) {
            throw new IllegalArgumentException(
                    "direct:core.call takes a Call as body and a ConnectionRef as variable " + Attempt.CONNECTION);
        }
        Attempt before = Attempt.find(exchange);
        var attempt =
                new Attempt(call, connection, destinations.of(connection), before == null ? 1 : before.ordinal + 1);
        exchange.setVariable(Attempt.VARIABLE, attempt);
        String refusal = attempt.destination.refusal(call.uri());
        if (refusal != null) {
            throw new FaultException(new Fault.Rejected(refusal));
        }
    }

    /** Whether the attempt has no answer yet. */
    public boolean unfinished(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof Call;
    }

    /** Makes the message that the HTTP endpoint takes. It names the host alone: the request itself waits below. */
    public void prepare(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        URI uri = attempt.call.uri();
        withdraw(attempt);
        String refusal = plainHttp.refusal(uri);
        if (refusal != null) {
            throw new FaultException(new Fault.Rejected(refusal));
        }
        attempt.trusted = attempt.destination.trusts(uri);
        String number = departures.announce(attempt.call, attempt.connection.id(), attempt.trusted);
        attempt.number = number;
        attempt.reached = true;
        // the client below unpacks what is compressed
        exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, true);
        Message message = exchange.getMessage();
        message.removeHeaders("*", REPEATS + "*");
        message.setHeader(Departures.HEADER, number);
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_URI, uri.getScheme() + "://" + uri.getRawAuthority() + "/");
    }

    /** Reads what came back: the answer, or the call to send next (after a redirect or a fresh token), or a fault. */
    public void receive(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        Map<String, String> headers = headers(message);
        byte[] body = message.getBody(byte[].class);
        message.removeHeaders("*", REPEATS + "*");
        exchange.removeProperty(Exchange.CHARSET_NAME);
        message.setBody(outcome(attempt, status, headers, body == null ? new byte[0] : body));
    }

    /** Ends a call: nothing of it stays in the exchange, and a caller that repeats counts on from its own count. */
    public void end(Exchange exchange) {
        Attempt attempt = Attempt.find(exchange);
        if (attempt != null) {
            withdraw(attempt);
        }
        exchange.removeVariable(Attempt.VARIABLE);
        exchange.removeProperty(Exchange.SKIP_GZIP_ENCODING);
        exchange.getMessage().removeHeaders("*");
        if (exchange.removeVariable(CALLERS_REPEATS) instanceof Map<?, ?> callers) {
            callers.forEach((name, value) -> exchange.getMessage().setHeader(String.valueOf(name), value));
        }
    }

    private Object outcome(Attempt attempt, int status, Map<String, String> headers, byte[] body) {
        Call call = attempt.call;
        if (status >= 200 && status < 300 || call.expected().contains(status)) {
            meter.answered(attempt);
            return new Answer(status, headers, body, call.uri());
        }
        Call next = next(attempt, status, headers.get("location"));
        if (next != null) {
            attempt.call = next;
            return next;
        }
        String excerpt = new String(body, 0, Math.min(body.length, EXCERPT), StandardCharsets.UTF_8);
        throw new FaultException(Faults.sort(
                call,
                status,
                headers,
                excerpt,
                clock.instant(),
                faultTables.of(attempt.connection.provider()),
                circuits.limitedInARow(attempt.connection.id(), attempt.host)));
    }

    private @Nullable Call next(Attempt attempt, int status, @Nullable String location) {
        if (status == 401 && attempt.trusted && !attempt.refreshed && refresh(attempt)) {
            attempt.refreshed = true;
            return attempt.call;
        }
        Call next = Redirects.follow(attempt.call, status, location, attempt.redirects, attempt.destination);
        attempt.redirects++;
        return next;
    }

    private boolean refresh(Attempt attempt) {
        return credentials.refresh(
                attempt.connection.id(), attempt.number == null ? null : departures.sent(attempt.number));
    }

    private void withdraw(Attempt attempt) {
        if (attempt.number != null) {
            departures.withdraw(attempt.number);
        }
    }

    private static Map<String, String> headers(Message message) {
        var headers = new HashMap<String, String>();
        message.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel")) {
                headers.put(name.toLowerCase(Locale.ROOT), text(value));
            }
        });
        return headers;
    }

    private static String text(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
