package io.dayflow.hub.call;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way from a route to the HTTP client. A route's message carries a number alone, so that neither
 * methods that Camel does not know nor anything about credentials has to pass through it. Thread-safe.
 */
public final class Departures {

    /** The header that carries the number; the HTTP client takes it off. */
    public static final String HEADER = "hub-departure";

    /** @param trusted whether the connection's credentials may go along */
    record Departure(Call call, UUID connection, boolean trusted) {}

    private final AtomicLong last = new AtomicLong();
    private final ConcurrentMap<String, Departure> waiting = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Credential> sent = new ConcurrentHashMap<>();

    /** Announces a request; it is to be taken once, or withdrawn. */
    public String announce(Call call, UUID connection, boolean trusted) {
        String number = Long.toString(last.incrementAndGet());
        waiting.put(number, new Departure(call, connection, trusted));
        return number;
    }

    /** Forgets a request, whether it was taken or not. */
    public void withdraw(String number) {
        waiting.remove(number);
        sent.remove(number);
    }

    /** The credential that a request took along; null where it went without one, or was withdrawn. */
    public @Nullable Credential sent(String number) {
        return sent.get(number);
    }

    /** Remembers what a request takes along, until it is withdrawn. */
    void send(String number, Credential credential) {
        sent.put(number, credential);
    }

    @Nullable
    Departure take(String number) {
        return waiting.remove(number);
    }

    int waiting() {
        return waiting.size() + sent.size();
    }
}
