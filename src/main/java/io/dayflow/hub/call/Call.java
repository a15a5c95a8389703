package io.dayflow.hub.call;

import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to a provider, the body of {@code direct:core.call}. Never carries credentials: they are added below
 * the routes.
 *
 * @param method any token of RFC 9110 section 9.1 in capitals, for example {@code PROPFIND}
 * @param uri absolute; {@code http} or {@code https}, without user information
 * @param headers by name; those that credentials travel in and those that frame the message are refused
 * @param body sent as UTF-8; null sends none
 * @param expected statuses besides 2xx that come back as an {@link Answer}; every other one is thrown as a fault
 * @param repeatable whether it may be sent again after an answer was lost
 */
public record Call(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable String body,
        Set<Integer> expected,
        boolean repeatable) {

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "host",
            "content-length",
            "transfer-encoding",
            "connection");

    public Call {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("A method is 1 to 32 capitals, for example PROPFIND");
        }
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("The address of a call must be absolute");
        }
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
                throw new IllegalArgumentException("Not a header: a name is a token, a value one line of text");
            }
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("The header " + name + " is set below the routes");
            }
            sorted.put(name, value);
        });
        headers = Collections.unmodifiableSortedMap(sorted);
        expected = Set.copyOf(expected);
    }

    /** The same request to another address, as a redirect asks for it. */
    public Call at(URI target) {
        return new Call(method, target, headers, body, expected, repeatable);
    }

    /** Names the method and the host only: paths may tell what a person does, queries may hold secrets. */
    @Override
    public String toString() {
        return "Call[" + method + " " + uri.getHost() + "]";
    }
}
