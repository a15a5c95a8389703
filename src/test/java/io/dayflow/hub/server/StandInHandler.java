package io.dayflow.hub.server;

import io.dayflow.hub.server.StandInDav.Name;
import io.dayflow.hub.server.StandInDav.Properties;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What the stand-in does when nothing is wrong: discovery, collections, reports and writes of RFC 4791 and 6578. */
final class StandInHandler {

    static final String ROOT = "/dav/";
    static final String PRINCIPAL = ROOT + "principals/alice/";
    static final String HOME = ROOT + "calendars/alice/";

    private final Map<String, StandInCalendar> calendars;
    private final StandInQuirks quirks;

    StandInHandler(Map<String, StandInCalendar> calendars, StandInQuirks quirks) {
        this.calendars = calendars;
        this.quirks = quirks;
    }

    StandInReply handle(StandInRequest request) {
        String path = request.path();
        if (path.equals("/.well-known/caldav") || path.equals("/")) {
            return StandInReply.empty(301).with("Location", quirks.prefix() + ROOT);
        }
        if (request.method().equals("OPTIONS")) {
            return StandInReply.empty(200)
                    .with("DAV", "1, 3, calendar-access")
                    .with("Allow", "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT, MKCALENDAR");
        }
        if (path.startsWith(HOME) && path.length() > HOME.length()) {
            return inHome(request, path.substring(HOME.length()));
        }
        return request.method().equals("PROPFIND") ? above(request, path) : StandInReply.empty(405);
    }

    private StandInReply above(StandInRequest request, String path) {
        List<Name> asked = asked(request);
        StringBuilder rows = new StringBuilder();
        Properties properties = new Properties()
                .dav("resourcetype", () -> "<D:collection/>")
                .dav("displayname", () -> "alice")
                .dav("current-user-principal", () -> href(PRINCIPAL));
        switch (path.endsWith("/") ? path : path + "/") {
            case ROOT -> StandInDav.row(rows, href0(ROOT), asked, properties);
            case PRINCIPAL ->
                StandInDav.row(
                        rows,
                        href0(PRINCIPAL),
                        asked,
                        properties
                                .caldav("calendar-home-set", () -> href(HOME))
                                .caldav(
                                        "calendar-user-address-set",
                                        () -> "<D:href>mailto:alice@example.test</D:href>"));
            case HOME -> {
                StandInDav.row(rows, href0(HOME), asked, properties);
                if (!"0".equals(request.header("depth"))) {
                    calendars.values().stream()
                            .filter(calendar -> !calendar.isVanished())
                            .forEach(calendar -> StandInDav.row(
                                    rows, path(calendar), asked, StandInProperties.of(calendar, quirks)));
                }
            }
            default -> {
                return StandInReply.empty(404);
            }
        }
        return StandInDav.multistatus(rows);
    }

    private StandInReply inHome(StandInRequest request, String rest) {
        String[] parts = rest.split("/", 2);
        String folder = decode(parts[0]);
        String name = parts.length > 1 ? decode(parts[1]) : "";
        if (request.method().equals("MKCALENDAR")) {
            return makeCalendar(request, folder);
        }
        StandInCalendar calendar = calendars.get(folder);
        if (calendar == null || calendar.isVanished()) {
            return StandInReply.empty(404);
        }
        if (calendar.isReadOnly() && request.writes()) {
            return StandInReply.precondition(403, "<D:need-privileges/>");
        }
        return name.isEmpty() ? collection(request, calendar) : member(request, calendar, name);
    }

    private StandInReply makeCalendar(StandInRequest request, String folder) {
        if (calendars.containsKey(folder)) {
            return StandInReply.precondition(405, "<D:resource-must-be-null/>");
        }
        String title = folder;
        List<String> components = List.of("VEVENT", "VTODO");
        if (!request.body().isBlank()) {
            Element root = StandInDav.root(request.body());
            Element named = StandInDav.find(root, "displayname");
            title = named == null ? folder : named.getTextContent();
            Element set = StandInDav.find(root, "supported-calendar-component-set");
            if (set != null) {
                components = Multistatus.children(set).stream()
                        .map(comp -> comp.getAttribute("name"))
                        .toList();
            }
        }
        calendars.put(folder, new StandInCalendar(folder, title, components));
        return StandInReply.empty(201);
    }

    private StandInReply collection(StandInRequest request, StandInCalendar calendar) {
        return switch (request.method()) {
            case "PROPFIND" -> {
                List<Name> asked = asked(request);
                StringBuilder rows = new StringBuilder();
                StandInDav.row(rows, path(calendar), asked, StandInProperties.of(calendar, quirks));
                if (!"0".equals(request.header("depth"))) {
                    calendar.names().forEach(name -> member(rows, calendar, name, asked));
                }
                yield StandInDav.multistatus(rows);
            }
            case "REPORT" -> report(StandInDav.root(request.body()), calendar);
            case "PROPPATCH" -> {
                Element named = StandInDav.find(StandInDav.root(request.body()), "displayname");
                if (named != null) {
                    calendar.rename(named.getTextContent());
                }
                StringBuilder rows = new StringBuilder();
                StandInDav.row(rows, path(calendar), List.of(), new Properties().dav("displayname", () -> ""));
                yield StandInDav.multistatus(rows);
            }
            case "DELETE" -> {
                calendars.remove(calendar.folder());
                yield StandInReply.empty(204);
            }
            default -> StandInReply.empty(405);
        };
    }

    private StandInReply report(Element root, StandInCalendar calendar) {
        List<Name> asked = StandInDav.asked(root);
        StringBuilder rows = new StringBuilder();
        switch (Objects.requireNonNull(root.getLocalName())) {
            case "calendar-multiget" -> {
                for (String href : StandInDav.hrefs(root)) {
                    String name = decode(href.substring(href.lastIndexOf('/') + 1));
                    if (href.contains("/" + calendar.folder() + "/") && calendar.etag(name) != null) {
                        member(rows, calendar, name, asked);
                    } else {
                        StandInDav.row(rows, href, 404, "");
                    }
                }
                return StandInDav.multistatus(rows);
            }
            case "calendar-query" -> {
                calendar.names().forEach(name -> member(rows, calendar, name, asked));
                return StandInDav.multistatus(rows);
            }
            case "sync-collection" -> {
                return quirks.syncCollection()
                        ? walk(root, calendar, asked)
                        : StandInReply.precondition(403, "<D:supported-report/>");
            }
            default -> {
                return StandInReply.precondition(403, "<D:supported-report/>");
            }
        }
    }

    private StandInReply walk(Element root, StandInCalendar calendar, List<Name> asked) {
        Element tokenElement = StandInDav.child(root, "sync-token");
        Element nresults = StandInDav.find(root, "nresults");
        int wanted = nresults == null
                ? 0
                : Integer.parseInt(nresults.getTextContent().strip());
        int limit = quirks.pageLimit() == 0 || wanted == 0
                ? Math.max(quirks.pageLimit(), wanted)
                : Math.min(quirks.pageLimit(), wanted);
        String token = tokenElement == null ? "" : tokenElement.getTextContent().strip();
        StandInCalendar.Page page = calendar.changesSince(token, limit);
        if (page == null) {
            return StandInReply.precondition(403, "<D:valid-sync-token/>");
        }
        StringBuilder rows = new StringBuilder();
        for (StandInCalendar.Row row : page.rows()) {
            if (row.etag() == null) {
                StandInDav.row(rows, path(calendar, row.name()), 404, "");
            } else {
                member(rows, calendar, row.name(), asked);
            }
        }
        if (page.truncated()) {
            StandInDav.row(rows, path(calendar), 507, "<D:error><D:number-of-matches-within-limits/></D:error>");
        }
        return StandInDav.multistatus(rows.append("<D:sync-token>")
                .append(StandInDav.escape(page.token()))
                .append("</D:sync-token>"));
    }

    private StandInReply member(StandInRequest request, StandInCalendar calendar, String name) {
        // One write at a time: the check of the condition and the write belong together.
        synchronized (calendar) {
            String etag = calendar.etag(name);
            return switch (request.method()) {
                case "GET", "HEAD" ->
                    etag == null
                            ? StandInReply.empty(404)
                            : StandInReply.text(200, "text/calendar; charset=utf-8", calendar.text(name))
                                    .with("ETag", etag);
                case "PUT" ->
                    refusal(request, etag)
                            .or(() -> invalid(request.body(), calendar, name))
                            .orElseGet(() -> store(request, calendar, name, etag == null));
                case "DELETE" -> {
                    if (etag == null) {
                        yield StandInReply.empty(404);
                    }
                    Optional<StandInReply> refused = refusal(request, etag);
                    if (refused.isEmpty()) {
                        calendar.remove(name);
                    }
                    yield refused.orElseGet(() -> StandInReply.empty(204));
                }
                case "PROPFIND" -> {
                    StringBuilder rows = new StringBuilder();
                    if (etag == null) {
                        yield StandInReply.empty(404);
                    }
                    member(rows, calendar, name, asked(request));
                    yield StandInDav.multistatus(rows);
                }
                default -> StandInReply.empty(405);
            };
        }
    }

    private StandInReply store(StandInRequest request, StandInCalendar calendar, String name, boolean created) {
        boolean rewrites = quirks.rewrite() != StandInQuirks.Rewrite.NO;
        String etag = calendar.put(name, rewrites ? StandInRewrite.rewrite(request.body()) : request.body());
        StandInReply reply = StandInReply.empty(created ? 201 : 204);
        return quirks.rewrite() == StandInQuirks.Rewrite.WITHOUT_ETAG ? reply : reply.with("ETag", etag);
    }

    private static Optional<StandInReply> refusal(StandInRequest request, @Nullable String etag) {
        String match = request.header("if-match");
        boolean stale = match != null && !(match.equals("*") ? etag != null : match.equals(etag));
        boolean exists = "*".equals(request.header("if-none-match")) && etag != null;
        return stale || exists ? Optional.of(StandInReply.empty(412)) : Optional.empty();
    }

    private static Optional<StandInReply> invalid(String body, StandInCalendar calendar, String name) {
        String uid = StandInCalendar.uid(body);
        if (!body.contains("BEGIN:VCALENDAR") || !body.contains("END:VCALENDAR") || uid == null) {
            return Optional.of(StandInReply.precondition(403, "<C:valid-calendar-data/>"));
        }
        if (calendar.components().stream().noneMatch(component -> body.contains("BEGIN:" + component))) {
            return Optional.of(StandInReply.precondition(403, "<C:supported-calendar-component/>"));
        }
        String other = calendar.nameOf(uid);
        return other == null || other.equals(name)
                ? Optional.empty()
                : Optional.of(StandInReply.precondition(409, "<C:no-uid-conflict/>"));
    }

    private void member(StringBuilder rows, StandInCalendar calendar, String name, List<Name> asked) {
        String etag = calendar.etag(name);
        if (etag != null) {
            StandInDav.row(rows, path(calendar, name), asked, StandInProperties.of(calendar, name, etag));
        }
    }

    private static List<Name> asked(StandInRequest request) {
        return request.body().isBlank() ? List.of() : StandInDav.asked(StandInDav.root(request.body()));
    }

    private String path(StandInCalendar calendar) {
        return href0(HOME + encode(calendar.folder()) + "/");
    }

    private String path(StandInCalendar calendar, String name) {
        return path(calendar) + encode(name);
    }

    private String href0(String path) {
        return quirks.prefix() + path;
    }

    private String href(String path) {
        return StandInDav.href(href0(path));
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String segment) {
        return URI.create("/" + segment).getPath().substring(1);
    }
}
