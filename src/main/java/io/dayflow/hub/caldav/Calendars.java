package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FoundCollection;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the calendars in an account's homes. An immutable state between requests: while {@link #isOpen()}, the answer
 * to {@link #call()} goes into {@link #next}.
 *
 * @param left homes still to be asked
 * @param home where kept paths are at home
 */
public record Calendars(List<URI> left, URI home, List<FoundCollection> found) {

    /** Set to {@code true} on a collection that can tell what changed (RFC 6578). */
    static final String SYNC = "syncToken";

    private static final List<QName> PROPERTIES = List.of(
            Dav.RESOURCE_TYPE,
            Dav.DISPLAY_NAME,
            Dav.COMPONENTS,
            Dav.PRIVILEGES,
            Dav.REPORTS,
            Dav.SYNC_TOKEN,
            Dav.CTAG,
            Dav.COLOUR,
            Dav.TIMEZONE,
            Dav.MAX_SIZE);

    /** Kinds of collection that are calendars by type and yet hold nothing of the user's own. */
    private static final Set<String> OTHERS = Set.of(
            "schedule-inbox",
            "schedule-outbox",
            "subscribed",
            "notification",
            "notifications",
            "trash-bin",
            "deleted-calendar",
            "dropbox-home");

    private static final Pattern TZID = Pattern.compile("(?m)^TZID[^:\\r\\n]*:([^\\r\\n]+)");
    private static final Pattern RGB = Pattern.compile("(#[0-9A-Fa-f]{6})([0-9A-Fa-f]{2})?");

    public static Calendars of(ConnectionRef connection) {
        List<URI> homes = Discovery.homes(connection);
        return new Calendars(homes, homes.getFirst(), List.of());
    }

    public boolean isOpen() {
        return !left.isEmpty();
    }

    /** The request to send now. */
    public Call call() {
        return Requests.propfind(left.getFirst(), 1, PROPERTIES, Set.of());
    }

    public Calendars next(Answer answer) {
        Map<String, FoundCollection> all = new LinkedHashMap<>();
        found.forEach(collection -> all.put(key(collection), collection));
        Multistatus.read(
                answer,
                row -> collections(row, answer.uri())
                        .forEach(collection -> all.putIfAbsent(key(collection), collection)));
        return new Calendars(left.subList(1, left.size()), home, List.copyOf(all.values()));
    }

    private List<FoundCollection> collections(Row row, URI base) {
        if (!row.ok() || !isCalendar(row)) {
            return List.of();
        }
        URI at = Href.resolve(row.href(), base);
        String path = Href.kept(at, home);
        String folder = path.endsWith("/") ? path : path + "/";
        String name = row.text(Dav.DISPLAY_NAME);
        List<FoundCollection> collections = new ArrayList<>();
        for (Kind kind : kinds(row)) {
            collections.add(new FoundCollection(
                    folder, kind, name == null ? lastName(folder) : name, readOnly(row), attributes(row)));
        }
        return collections;
    }

    private static boolean isCalendar(Row row) {
        return row.property(Dav.RESOURCE_TYPE)
                .filter(type -> type.has(Dav.CALENDAR))
                .filter(type -> type.children().stream()
                        .noneMatch(child -> OTHERS.contains(child.name().getLocalPart())))
                .isPresent();
    }

    /** A server that does not restrict the components accepts all (RFC 4791 section 5.2.3). */
    private static Set<Kind> kinds(Row row) {
        Element components = row.properties().get(Dav.COMPONENTS);
        if (components == null || components.children().isEmpty()) {
            return EnumSet.allOf(Kind.class);
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Element component : components.children()) {
            switch (String.valueOf(component.attributes().get("name"))) {
                case "VEVENT" -> kinds.add(Kind.EVENT);
                case "VTODO" -> kinds.add(Kind.TASK);
                default -> {
                    // journals and free-busy times are not synced
                }
            }
        }
        return kinds;
    }

    private static boolean readOnly(Row row) {
        return row.property(Dav.PRIVILEGES)
                .filter(set -> !set.children().isEmpty())
                .filter(set -> set.tree()
                        .map(Element::name)
                        .noneMatch(Set.of(Dav.dav("all"), Dav.dav("write"), Dav.dav("write-content"))::contains))
                .isPresent();
    }

    private static Map<String, String> attributes(Row row) {
        Map<String, String> attributes = new LinkedHashMap<>();
        boolean sync = row.text(Dav.SYNC_TOKEN) != null
                || row.property(Dav.REPORTS)
                        .filter(set -> set.tree().anyMatch(e -> e.name().equals(Dav.dav("sync-collection"))))
                        .isPresent();
        attributes.put(SYNC, String.valueOf(sync));
        put(attributes, "ctag", row.text(Dav.CTAG));
        String colour = row.text(Dav.COLOUR);
        if (colour != null) {
            Matcher rgb = RGB.matcher(colour);
            put(attributes, "colour", rgb.matches() ? rgb.group(1) : colour);
        }
        String timezone = row.text(Dav.TIMEZONE);
        if (timezone != null) {
            Matcher tzid = TZID.matcher(timezone);
            put(attributes, "timezone", tzid.find() ? tzid.group(1).strip() : null);
        }
        put(attributes, "maxSize", row.text(Dav.MAX_SIZE));
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private static String key(FoundCollection collection) {
        return collection.kind() + " " + collection.externalId();
    }

    private static String lastName(String folder) {
        String path = folder.substring(0, folder.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
