package io.dayflow.hub.mapping;

import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.ConnectionRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a document's output into a {@link Call}. Pure. */
public final class CallOutput {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT");
    private static final String CONTENT_TYPE = "Content-Type";

    private CallOutput() {}

    /**
     * {@code {method, path or url, query?, headers?, json? or form? or text?, expected?, repeatable?}}. A path is put after
     * the connection's address. Without {@code repeatable}, only what reads may be sent again.
     *
     * @throws MappingFailed if it is anything else
     */
    public static Call read(Outcome outcome, ConnectionRef connection) {
        Shape shape = Shape.of(outcome, "an object with method and path or url");
        String method = shape.text("method");
        URI uri = uri(shape, connection);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(shape.texts("headers"));
        String body = body(shape, headers);
        Set<Integer> expected = expected(shape);
        boolean repeatable = shape.flag("repeatable", READING.contains(method));
        shape.end();
        try {
            return new Call(method, uri, headers, body, expected, repeatable);
        } catch (IllegalArgumentException e) {
            throw outcome.wrong("", String.valueOf(e.getMessage()), e);
        }
    }

    private static URI uri(Shape shape, ConnectionRef connection) {
        String path = shape.textOrNull("path");
        String url = shape.textOrNull("url");
        if ((path == null) == (url == null)) {
            throw shape.wrong("path", "or url is needed, and not both");
        }
        String key = path == null ? "url" : "path";
        String base = url == null ? join(connection.address(), String.valueOf(path)) : url;
        String query = encoded(shape.parameters("query"));
        String whole = query.isEmpty() ? base : base + (base.indexOf('?') < 0 ? "?" : "&") + query;
        try {
            URI uri = new URI(whole);
            if (!uri.isAbsolute()) {
                throw shape.wrong(
                        key, "makes no whole address: it takes a path and the connection an address, or an url");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw shape.wrong(key, "is no address; what comes from data is encoded with @uri");
        }
    }

    private static String join(String address, String path) {
        String start = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return start + (path.startsWith("/") || path.startsWith("?") || path.isEmpty() ? "" : "/") + path;
    }

    private static @Nullable String body(Shape shape, Map<String, String> headers) {
        String json = shape.json("json");
        String text = shape.textOrNull("text");
        boolean form = shape.has("form");
        if ((json == null ? 0 : 1) + (text == null ? 0 : 1) + (form ? 1 : 0) > 1) {
            throw shape.wrong("json", "and form and text exclude each other: a call has one body");
        }
        if (json != null) {
            headers.putIfAbsent(CONTENT_TYPE, "application/json");
            return json;
        }
        if (form) {
            headers.putIfAbsent(CONTENT_TYPE, "application/x-www-form-urlencoded");
            return encoded(shape.parameters("form"));
        }
        if (text != null) {
            headers.putIfAbsent(CONTENT_TYPE, "text/plain; charset=utf-8");
        }
        return text;
    }

    private static Set<Integer> expected(Shape shape) {
        var value = shape.find("expected");
        Set<Integer> expected = new HashSet<>();
        if (value == null) {
            return expected;
        }
        for (var status : value.isArray() ? value : List.of(value)) {
            if (!status.isIntegralNumber() || status.intValue() < 100 || status.intValue() > 599) {
                throw shape.wrong("expected", "takes a list of HTTP statuses, for example [404]");
            }
            expected.add(status.intValue());
        }
        return expected;
    }

    private static String encoded(Map<String, List<String>> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
