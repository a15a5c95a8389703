package io.dayflow.hub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A small CalDAV client for tests, independent of the hub's own. Every answer that is not a success becomes a
 * {@link DavException}. It follows no redirect. Thread-safe.
 */
public final class DavClient {

    private static final String NAMESPACES =
            "xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:CS=\"http://calendarserver.org/ns/\"";

    private final String authorization;

    public DavClient(String user, String password) {
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A stored object with the version that it has. */
    public record Stored(@Nullable String etag, String body) {}

    /** A calendar found in a home. */
    public record Calendar(
            URI uri,
            @Nullable String name,
            List<String> components,
            @Nullable String ctag) {}

    /** Follows current-user-principal and calendar-home-set from the address that a user types. */
    public URI home(URI base) {
        URI principal = follow(base, "<D:current-user-principal/>", "current-user-principal");
        return follow(principal, "<C:calendar-home-set/>", "calendar-home-set");
    }

    /** The collections of a home that are calendars. */
    public List<Calendar> calendars(URI home) {
        String properties = "<D:resourcetype/><D:displayname/><C:supported-calendar-component-set/><CS:getctag/>";
        return propfind(home, 1, properties).rows().stream()
                .filter(row -> hasChild(row.elements().get("resourcetype"), "calendar"))
                .map(row -> new Calendar(
                        home.resolve(row.href()), row.get("displayname"), components(row), row.get("getctag")))
                .toList();
    }

    /** Makes a calendar below the home (RFC 4791 section 5.3.1) that takes the given components, and returns its address. */
    public URI makeCalendar(URI home, String folder, String displayName, String... components) {
        URI uri = home.resolve(folder + "/");
        String set = Arrays.stream(components)
                .map(component -> "<C:comp name=\"" + component + "\"/>")
                .collect(Collectors.joining());
        send("MKCALENDAR", uri, xml(), """
                <C:mkcalendar %s><D:set><D:prop><D:displayname>%s</D:displayname>
                <C:supported-calendar-component-set>%s</C:supported-calendar-component-set>
                </D:prop></D:set></C:mkcalendar>""".formatted(NAMESPACES, escape(displayName), set));
        return uri;
    }

    /** Renames a collection by PROPPATCH. */
    public void rename(URI collection, String displayName) {
        send("PROPPATCH", collection, xml(), """
                <D:propertyupdate %s><D:set><D:prop><D:displayname>%s</D:displayname></D:prop></D:set>
                </D:propertyupdate>""".formatted(NAMESPACES, escape(displayName)));
    }

    /** Stores an object whatever is there; returns the ETag when the server gave one. */
    public @Nullable String put(URI uri, String ics) {
        return put(uri, ics, Map.of());
    }

    /** Stores an object where there is none; 412 when there is. */
    public @Nullable String create(URI uri, String ics) {
        return put(uri, ics, Map.of("If-None-Match", "*"));
    }

    /** Replaces the version with this ETag; 412 when it is another one. */
    public @Nullable String update(URI uri, String ics, String etag) {
        return put(uri, ics, Map.of("If-Match", etag));
    }

    public Stored get(URI uri) {
        HttpResponse<String> response = send("GET", uri, Map.of(), null);
        return new Stored(response.headers().firstValue("ETag").orElse(null), response.body());
    }

    public boolean exists(URI uri) {
        try {
            get(uri);
            return true;
        } catch (DavException e) {
            if (e.status() == 404 || e.status() == 410) {
                return false;
            }
            throw e;
        }
    }

    public void delete(URI uri) {
        send("DELETE", uri, Map.of(), null);
    }

    /** Deletes the version with this ETag; 412 when it is another one. */
    public void delete(URI uri, String etag) {
        send("DELETE", uri, Map.of("If-Match", etag), null);
    }

    /** Address to ETag of every member, in the server's order; the collection itself is left out. */
    public Map<URI, String> list(URI collection) {
        Map<URI, String> members = new LinkedHashMap<>();
        for (Multistatus.Row row :
                propfind(collection, 1, "<D:getetag/><D:resourcetype/>").rows()) {
            URI member = collection.resolve(row.href());
            String etag = row.get("getetag");
            if (!member.getPath().equals(collection.getPath()) && etag != null) {
                members.put(member, etag);
            }
        }
        return members;
    }

    /** The text of every member by its address, in one request. */
    public Map<URI, Stored> bodies(URI collection) {
        return multiget(collection, List.copyOf(list(collection).keySet()));
    }

    /** The objects at these addresses (RFC 4791 section 7.9); the ones that are not there are missing in the answer. */
    public Map<URI, Stored> multiget(URI collection, List<URI> members) {
        Map<URI, Stored> found = new LinkedHashMap<>();
        if (members.isEmpty()) {
            return found;
        }
        String hrefs = members.stream()
                .map(member -> "<D:href>" + escape(member.getRawPath()) + "</D:href>")
                .collect(Collectors.joining());
        Multistatus answer = report(collection, """
                <C:calendar-multiget %s><D:prop><D:getetag/><C:calendar-data/></D:prop>%s</C:calendar-multiget>""".formatted(NAMESPACES, hrefs));
        for (Multistatus.Row row : answer.rows()) {
            String data = row.get("calendar-data");
            if (data != null) {
                found.put(collection.resolve(row.href()), new Stored(row.get("getetag"), data));
            }
        }
        return found;
    }

    /** What changed since the token (RFC 6578); an empty token asks for everything. One answer, without following pages. */
    public Multistatus changes(URI collection, String token) {
        return report(collection, """
                <D:sync-collection %s><D:sync-token>%s</D:sync-token><D:sync-level>1</D:sync-level>
                <D:prop><D:getetag/></D:prop></D:sync-collection>""".formatted(NAMESPACES, escape(token)));
    }

    /** PROPFIND for the given property elements, with the prefixes D, C and CS. */
    public Multistatus propfind(URI uri, int depth, String properties) {
        Map<String, String> headers = Map.of("Depth", Integer.toString(depth), "Content-Type", "application/xml");
        String body = "<D:propfind " + NAMESPACES + "><D:prop>" + properties + "</D:prop></D:propfind>";
        return Multistatus.parse(send("PROPFIND", uri, headers, body).body());
    }

    public Multistatus report(URI uri, String body) {
        Map<String, String> headers = Map.of("Depth", "0", "Content-Type", "application/xml");
        return Multistatus.parse(send("REPORT", uri, headers, body).body());
    }

    /** One request as it is; the answer only when its status is a success. */
    public HttpResponse<String> send(String method, URI uri, Map<String, String> headers, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(120))
                .header("Authorization", authorization)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        // a client of its own for every request: Radicale closes connections after answering, which a kept one notices
        // late
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() / 100 != 2) {
                throw new DavException(method + " " + uri, response.statusCode(), response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private @Nullable String put(URI uri, String ics, Map<String, String> condition) {
        Map<String, String> headers = new LinkedHashMap<>(condition);
        headers.put("Content-Type", "text/calendar; charset=utf-8");
        HttpResponse<String> response = send("PUT", uri, headers, ics);
        if (response.statusCode() == 207) {
            // Xandikos wraps a refusal in a multistatus.
            int inner = Multistatus.parse(response.body()).rows().getFirst().status();
            throw new DavException("PUT " + uri, inner, response.body());
        }
        return response.headers().firstValue("ETag").orElse(null);
    }

    private URI follow(URI from, String property, String name) {
        for (Multistatus.Row row : propfind(from, 0, property).rows()) {
            Element found = row.elements().get(name);
            if (found != null) {
                return from.resolve(found.getTextContent().strip());
            }
        }
        throw new IllegalStateException(from + " names no " + name);
    }

    private static List<String> components(Multistatus.Row row) {
        Element set = row.elements().get("supported-calendar-component-set");
        return set == null
                ? List.of()
                : Multistatus.children(set).stream()
                        .map(comp -> comp.getAttribute("name"))
                        .toList();
    }

    private static boolean hasChild(@Nullable Element element, String name) {
        return element != null
                && Multistatus.children(element).stream().anyMatch(child -> name.equals(child.getLocalName()));
    }

    private static Map<String, String> xml() {
        return Map.of("Content-Type", "application/xml; charset=utf-8");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
