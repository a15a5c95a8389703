package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers calls with what a test wrote down, in order. */
final class Script implements Function<Call, Answer> {

    static final String NAMESPACES = "xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\""
            + " xmlns:cs=\"http://calendarserver.org/ns/\" xmlns:a=\"http://apple.com/ns/ical/\"";

    private record Line(
            String method,
            int status,
            Map<String, String> headers,
            String body,
            @Nullable URI from) {}

    private final Deque<Line> lines = new ArrayDeque<>();

    Script on(String method, int status, String body) {
        return on(method, status, Map.of(), body);
    }

    Script on(String method, int status, Map<String, String> headers, String body) {
        lines.add(new Line(method, status, headers, body, null));
        return this;
    }

    /** A 207 that holds these rows. */
    Script rows(String method, String rows) {
        return on(method, 207, multistatus(rows));
    }

    /** An answer from where a redirect led. */
    Script from(String url, String method, int status, String body) {
        lines.add(new Line(method, status, Map.of(), body, URI.create(url)));
        return this;
    }

    boolean isOver() {
        return lines.isEmpty();
    }

    @Override
    public Answer apply(Call call) {
        Line line = lines.poll();
        if (line == null || !line.method.equals(call.method())) {
            throw new AssertionError("unforeseen: " + call.method() + " " + call.uri() + ", foreseen " + line);
        }
        if (line.status / 100 != 2 && !call.expected().contains(line.status)) {
            throw Routes.fault(line.status);
        }
        URI from = line.from == null ? call.uri() : line.from;
        return new Answer(line.status, line.headers, line.body.getBytes(StandardCharsets.UTF_8), from);
    }

    static String multistatus(String rows) {
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?><d:multistatus " + NAMESPACES + ">" + rows
                + "</d:multistatus>";
    }

    static String row(String href, String properties) {
        return "<d:response><d:href>" + href + "</d:href><d:propstat><d:prop>" + properties
                + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
    }

    static String etag(String href, String etag) {
        return row(href, "<d:getetag>\"" + etag + "\"</d:getetag>");
    }

    static String status(String href, int status) {
        return "<d:response><d:href>" + href + "</d:href><d:status>HTTP/1.1 " + status + " X</d:status></d:response>";
    }

    static String token(String token) {
        return "<d:sync-token>" + token + "</d:sync-token>";
    }

    static String error(String condition) {
        return "<?xml version=\"1.0\"?><d:error " + NAMESPACES + ">" + condition + "</d:error>";
    }
}
