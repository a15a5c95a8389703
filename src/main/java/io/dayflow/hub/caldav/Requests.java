package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Call;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;

/** The requests of CalDAV as calls. */
final class Requests {

    private static final String XML = "application/xml; charset=utf-8";
    private static final String CALENDAR = "text/calendar; charset=utf-8";

    private Requests() {}

    static Call propfind(URI uri, int depth, Collection<QName> properties, Set<Integer> expected) {
        return xml("PROPFIND", uri, depth, Xml.propfind(properties), expected);
    }

    /** A report; RFC 6578 wants depth 0 for a sync-collection, RFC 4791 depth 1 for a query. */
    static Call report(URI uri, int depth, String body, Set<Integer> expected) {
        return xml("REPORT", uri, depth, body, expected);
    }

    static Call options(URI uri, Set<Integer> expected) {
        return new Call("OPTIONS", uri, Map.of(), null, expected, true);
    }

    static Call get(URI uri, Set<Integer> expected) {
        return new Call("GET", uri, Map.of("Accept", "text/calendar"), null, expected, true);
    }

    /** @param condition the one header that makes it conditional, for example {@code If-None-Match: *} */
    static Call put(URI uri, Map<String, String> condition, String text, Set<Integer> expected) {
        Map<String, String> headers = new HashMap<>(condition);
        headers.put("Content-Type", CALENDAR);
        return new Call("PUT", uri, headers, text, expected, true);
    }

    static Call delete(URI uri, Map<String, String> headers, Set<Integer> expected) {
        return new Call("DELETE", uri, headers, null, expected, true);
    }

    private static Call xml(String method, URI uri, int depth, String body, Set<Integer> expected) {
        return new Call(method, uri, Map.of("Content-Type", XML, "Depth", String.valueOf(depth)), body, expected, true);
    }
}
