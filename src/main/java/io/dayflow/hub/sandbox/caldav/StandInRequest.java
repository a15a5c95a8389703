package io.dayflow.hub.sandbox.caldav;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server received it.
 *
 * @param at the wall clock when its head was complete
 * @param nanos {@link System#nanoTime()} at that moment
 * @param method in capitals
 * @param path raw, still encoded, without the query
 * @param headers names in lower case; the last one wins
 * @param body decoded as UTF-8, empty when there was none
 */
public record StandInRequest(
        Instant at, long nanos, String method, String path, Map<String, String> headers, String body) {

    /** The value of a header, by its name in lower case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** True for a request that changes something. */
    public boolean writes() {
        return switch (method) {
            case "PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "POST", "MOVE" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
