package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FoundAccount;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Finds an account from what its user typed: a server that says who the user is, the user's principal, its calendar
 * homes, and whether the server sends mail on its own. An immutable state between requests: while {@link #isOpen()}, the
 * answer to {@link #call()} goes into {@link #next}.
 *
 * @param candidates still to be tried while the server is sought, in order
 * @param server the URL that answered as a CalDAV server
 * @param principal where the principal is, empty if the server names none
 * @param homes the calendar homes; empty until they are known
 * @param facts endpoints found on the way
 */
public record Discovery(
        Stage stage,
        List<URI> candidates,
        @Nullable URI server,
        @Nullable URI principal,
        List<URI> homes,
        Map<String, String> facts) {

    /** What is asked next. */
    public enum Stage {
        SERVER,
        HOME,
        PRINCIPAL,
        ABILITIES,
        DONE
    }

    private static final List<QName> PROPERTIES = List.of(
            Dav.PRINCIPAL, Dav.RESOURCE_TYPE, Dav.DISPLAY_NAME, Dav.HOME, Dav.ADDRESSES, Dav.OUTBOX);

    /** What another kind of server, or a server elsewhere on that host, may say. */
    private static final Set<Integer> NOT_HERE =
            Set.of(400, 403, 404, 405, 406, 410, 411, 415, 421, 422, 500, 501);

    private static final String NAME = "name";
    private static final String MAILTO = "mailto:";

    /** The start, for the address of {@code connection}; the address may be empty where the account is a mail address. */
    public static Discovery of(ConnectionRef connection, Function<String, List<URI>> records) {
        String typed = connection.address().isBlank() ? connection.account() : connection.address();
        return new Discovery(Stage.SERVER, Addresses.candidates(typed, records), null, null, List.of(), Map.of());
    }

    public boolean isOpen() {
        return stage != Stage.DONE;
    }

    /** The request to send now. */
    public Call call() {
        return switch (stage) {
            case SERVER -> Requests.propfind(candidates.getFirst(), 0, PROPERTIES, NOT_HERE);
            case HOME -> Requests.propfind(candidates.getFirst(), 1, List.of(Dav.RESOURCE_TYPE), NOT_HERE);
            case PRINCIPAL -> Requests.propfind(required(principal), 0, PROPERTIES, Set.of(403, 404, 405));
            case ABILITIES -> Requests.options(homes.getFirst(), Set.of(400, 403, 404, 405, 500, 501));
            case DONE -> throw new IllegalStateException("nothing is left to ask");
        };
    }

    /**
     * @throws io.dayflow.hub.provider.FaultException rejected, if no candidate is a CalDAV server or the account has no
     *     calendars
     */
    public Discovery next(Answer answer) {
        return switch (stage) {
            case SERVER -> server(answer);
            case HOME -> home(answer);
            case PRINCIPAL -> principal(answer);
            case ABILITIES -> abilities(answer);
            case DONE -> throw new IllegalStateException("nothing was asked");
        };
    }

    /** The account, once this is no longer open. */
    public FoundAccount found(ConnectionRef connection) {
        URI at = required(server);
        Map<String, String> endpoints = new LinkedHashMap<>(facts);
        String name = endpoints.remove(NAME);
        endpoints.put("home", homes.stream().map(URI::toString).collect(Collectors.joining(" ")));
        if (principal != null) {
            endpoints.put("principal", principal.toString());
        }
        String account = !connection.account().isBlank() ? connection.account() : name != null ? name : at.getHost();
        return new FoundAccount(account, at.toString(), endpoints);
    }

    /** The homes of a connection, from its endpoint {@code home}. */
    public static List<URI> homes(ConnectionRef connection) {
        String home = connection.endpoint("home");
        if (home == null || home.isBlank()) {
            throw Dav.rejected("The account's calendars are not known: connect it again");
        }
        return Arrays.stream(home.split(" ")).map(URI::create).toList();
    }

    private Discovery server(Answer answer) {
        Optional<Row> row = answer.status() == 207 ? row(answer) : Optional.empty();
        if (row.isEmpty()) {
            return elsewhere();
        }
        Optional<URI> named = row.get()
                .property(Dav.PRINCIPAL)
                .flatMap(property -> property.hrefs().stream().findFirst())
                .map(href -> Href.resolve(href, answer.uri()));
        if (named.isPresent()) {
            return new Discovery(Stage.PRINCIPAL, List.of(), answer.uri(), named.get(), List.of(), Map.of());
        }
        if (row.get().property(Dav.HOME).isPresent()) {
            return new Discovery(Stage.PRINCIPAL, List.of(), answer.uri(), answer.uri(), List.of(), Map.of())
                    .principal(answer);
        }
        if (isA(row.get(), Dav.CALENDAR)) {
            return in(answer.uri());
        }
        return isA(row.get(), Dav.dav("collection"))
                ? new Discovery(Stage.HOME, candidates, null, null, List.of(), Map.of())
                : elsewhere();
    }

    /** A server that names no principals may still have been given the address of a folder of calendars. */
    private Discovery home(Answer answer) {
        boolean calendars = answer.status() == 207
                && Multistatus.rows(answer).stream().anyMatch(row -> isA(row, Dav.CALENDAR));
        return calendars ? in(answer.uri()) : elsewhere();
    }

    private static Discovery in(URI home) {
        return new Discovery(Stage.ABILITIES, List.of(), home, null, List.of(folder(home)), Map.of());
    }

    private static boolean isA(Row row, QName type) {
        return row.property(Dav.RESOURCE_TYPE).filter(types -> types.has(type)).isPresent();
    }

    private Discovery elsewhere() {
        List<URI> left = candidates.subList(1, candidates.size());
        if (left.isEmpty()) {
            throw Dav.rejected("No CalDAV server answers at " + Href.origin(candidates.getFirst())
                    + ". Type the CalDAV address that the service names, for example https://caldav.example.com/dav/");
        }
        return new Discovery(Stage.SERVER, List.copyOf(left), null, null, List.of(), Map.of());
    }

    private Discovery principal(Answer answer) {
        if (answer.status() != 207) {
            throw Dav.rejected("The server does not let the account see its own principal");
        }
        Row row = row(answer).orElseThrow(() -> Dav.unreadable("The server does not describe the user's principal"));
        List<URI> found = row.property(Dav.HOME).map(Element::hrefs).orElse(List.of()).stream()
                .map(href -> Href.resolve(href, answer.uri()))
                .map(Discovery::folder)
                .distinct()
                .toList();
        if (found.isEmpty()) {
            throw Dav.rejected("The server knows the account but names no calendars for it");
        }
        Map<String, String> endpoints = new LinkedHashMap<>();
        row.property(Dav.OUTBOX)
                .flatMap(outbox -> outbox.hrefs().stream().findFirst())
                .ifPresent(href -> endpoints.put("outbox", Href.resolve(href, answer.uri()).toString()));
        row.property(Dav.ADDRESSES).flatMap(Discovery::mail).ifPresent(mail -> endpoints.put("email", mail));
        row.property(Dav.ADDRESSES).ifPresent(set -> endpoints.put("addresses", String.join(" ", mails(set))));
        String name = row.text(Dav.DISPLAY_NAME);
        if (name != null) {
            endpoints.put(NAME, name);
        }
        return new Discovery(Stage.ABILITIES, List.of(), server, principal, found, endpoints);
    }

    /** A server that does not tell its abilities but has an outbox is taken for one that sends mail: nobody is to get any. */
    private Discovery abilities(Answer answer) {
        String abilities = answer.header("dav");
        boolean sends = abilities == null
                || Arrays.stream(abilities.split(",")).map(String::strip).anyMatch("calendar-auto-schedule"::equals);
        Map<String, String> endpoints = new LinkedHashMap<>(facts);
        endpoints.put("scheduling", String.valueOf(sends && facts.containsKey("outbox")));
        return new Discovery(Stage.DONE, List.of(), server, principal, homes, endpoints);
    }

    /** The user's own address: iCloud marks one of several as preferred. */
    private static Optional<String> mail(Element addresses) {
        return addresses
                .all(Dav.HREF)
                .filter(href -> "1".equals(href.attributes().get("preferred")))
                .map(Element::value)
                .filter(Discovery::isMail)
                .findFirst()
                .map(href -> href.substring(MAILTO.length()))
                .or(() -> mails(addresses).stream().findFirst());
    }

    private static List<String> mails(Element addresses) {
        return addresses.hrefs().stream()
                .filter(Discovery::isMail)
                .map(href -> href.substring(MAILTO.length()))
                .toList();
    }

    private static boolean isMail(String href) {
        return href.regionMatches(true, 0, MAILTO, 0, MAILTO.length()) && href.indexOf(' ') < 0;
    }

    /** The one resource asked for, whatever the server calls it: iCloud answers with another href. */
    private static Optional<Row> row(Answer answer) {
        return Multistatus.rows(answer).stream().filter(row -> !row.properties().isEmpty()).findFirst();
    }

    private static URI folder(URI uri) {
        return uri.getRawPath().endsWith("/") ? uri : URI.create(uri + "/");
    }

    private static URI required(@Nullable URI uri) {
        if (uri == null) {
            throw new IllegalStateException("not known yet");
        }
        return uri;
    }
}
