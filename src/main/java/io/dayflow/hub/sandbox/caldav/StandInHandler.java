package io.dayflow.hub.sandbox.caldav;

import io.dayflow.hub.sandbox.caldav.StandInDav.Name;
import io.dayflow.hub.sandbox.caldav.StandInDav.Properties;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What the server does for one user when nothing is wrong: discovery, collections and writes of RFC 4791. Everything lies
 * below {@value #ROOT}, itself below the quirks' prefix.
 */
public final class StandInHandler {

    public static final String ROOT = "/dav/";

    private final String user;
    private final Map<String, StandInCalendar> calendars;
    private final StandInQuirks quirks;
    private final StandInReports reports;

    /** @param calendars by folder; the server makes and removes some */
    public StandInHandler(String user, Map<String, StandInCalendar> calendars, StandInQuirks quirks) {
        this.user = user;
        this.calendars = calendars;
        this.quirks = quirks;
        this.reports = new StandInReports(this, quirks);
    }

    /** The path of the calendar home, without the prefix. */
    public String home() {
        return ROOT + "calendars/" + user + "/";
    }

    private String principal() {
        return ROOT + "principals/" + user + "/";
    }

    /**
     * Answers a request whose path is without the prefix.
     *
     * @throws RuntimeException if the request cannot be read
     */
    public StandInReply handle(StandInRequest request) {
        String path = request.path();
        if (path.equals("/.well-known/caldav") || path.equals("/")) {
            return StandInReply.empty(301).with("Location", quirks.prefix() + ROOT);
        }
        if (request.method().equals("OPTIONS")) {
            return StandInReply.empty(200)
                    .with("DAV", "1, 3, calendar-access")
                    .with("Allow", "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT, MKCALENDAR");
        }
        if (path.startsWith(home()) && path.length() > home().length()) {
            return inHome(request, path.substring(home().length()));
        }
        return request.method().equals("PROPFIND") ? above(request, path) : StandInReply.empty(405);
    }

    private StandInReply above(StandInRequest request, String path) {
        List<Name> asked = asked(request);
        StringBuilder rows = new StringBuilder();
        Properties properties = new Properties()
                .dav("resourcetype", () -> "<D:collection/>")
                .dav("displayname", () -> StandInDav.escape(user))
                .dav("current-user-principal", () -> href(principal()));
        String where = path.endsWith("/") ? path : path + "/";
        if (where.equals(ROOT)) {
            StandInDav.row(rows, href0(ROOT), asked, properties);
        } else if (where.equals(principal())) {
            properties
                    .caldav("calendar-home-set", () -> href(home()))
                    .caldav("calendar-user-address-set", () -> "<D:href>mailto:" + user + "@example.test</D:href>");
            StandInDav.row(rows, href0(principal()), asked, properties);
        } else if (where.equals(home())) {
            StandInDav.row(rows, href0(home()), asked, properties);
            if (!"0".equals(request.header("depth"))) {
                calendars.values().stream()
                        .filter(calendar -> !calendar.isVanished())
                        .forEach(calendar -> StandInDav.row(rows, path(calendar), asked, properties(calendar)));
            }
        } else {
            return StandInReply.empty(404);
        }
        return StandInDav.multistatus(rows);
    }

    private StandInDav.Properties properties(StandInCalendar calendar) {
        return StandInProperties.of(calendar, href0(principal()), quirks);
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
                components = StandInDav.children(set).stream()
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
                StandInDav.row(rows, path(calendar), asked, properties(calendar));
                if (!"0".equals(request.header("depth"))) {
                    calendar.names().forEach(name -> member(rows, calendar, name, asked));
                }
                yield StandInDav.multistatus(rows);
            }
            case "REPORT" -> reports.answer(StandInDav.root(request.body()), calendar);
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

    /** A row for a member, if there is one. */
    void member(StringBuilder rows, StandInCalendar calendar, String name, List<Name> asked) {
        String etag = calendar.etag(name);
        if (etag != null) {
            StandInDav.row(rows, path(calendar, name), asked, StandInProperties.of(calendar, name, etag));
        }
    }

    private static List<Name> asked(StandInRequest request) {
        return request.body().isBlank() ? List.of() : StandInDav.asked(StandInDav.root(request.body()));
    }

    String path(StandInCalendar calendar) {
        return href0(home() + encode(calendar.folder()) + "/");
    }

    String path(StandInCalendar calendar, String name) {
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

    static String decode(String segment) {
        return URI.create("/" + segment).getPath().substring(1);
    }
}
