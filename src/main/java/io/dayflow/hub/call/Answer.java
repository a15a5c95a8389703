package io.dayflow.hub.call;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider answered: a status of 2xx, or one that the {@link Call} expected.
 *
 * @param headers by lower-case name; several of one name are joined by {@code ", "}
 * @param body as sent, decompressed; not to be altered
 * @param uri where the answer came from, after redirects
 */
public record Answer(int status, Map<String, String> headers, byte[] body, URI uri) {

    public Answer {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    /** The body as UTF-8, malformed bytes replaced. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A header by its name in any case, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }
}
