package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
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
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Finds an account from what its user typed: a server that says who the user is, the user's principal, its calendar
 * homes, and whether the server sends mail on its own. An immutable state between requests: while {@link #isOpen()},
 * the answer to {@link #call()} goes into {@link #next}.
 *
 * @param host of the address that was typed
 * @param candidates still to be tried while the server is sought, in order
 * @param server the URL that answered as a CalDAV server
 * @param principal where the principal is, empty if the server names none
 * @param homes the calendar homes; empty until they are known
 * @param facts endpoints found on the way
 */
public record Discovery(
        Stage stage,
        String host,
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

    private static final List<QName> PROPERTIES =
            List.of(Dav.PRINCIPAL, Dav.RESOURCE_TYPE, Dav.HOME, Dav.ADDRESSES, Dav.OUTBOX);

    /** What another kind of server, or a server elsewhere on that host, may say. */
    private static final Set<Integer> NOT_HERE = Set.of(400, 403, 404, 405, 406, 410, 411, 415, 421, 422, 500, 501);

    private static final Set<Integer> NOT_HERE_OR_ELSEWHERE =
            Stream.concat(NOT_HERE.stream(), Stream.of(401)).collect(Collectors.toUnmodifiableSet());

    private static final String MAILTO = "mailto:";

    /** The start, for the address of {@code connection}, or for the domain of its account where there is no address. */
    public static Discovery of(ConnectionRef connection, Function<String, List<URI>> records) {
        String typed = connection.address().isBlank() ? connection.account() : connection.address();
        List<URI> candidates = Addresses.candidates(typed, records);
        String host = candidates.getLast().getHost();
        return new Discovery(Stage.SERVER, host, candidates, null, null, List.of(), Map.of());
    }

    public boolean isOpen() {
        return stage != Stage.DONE;
    }

    /** The request to send now. */
    public Call call() {
        return switch (stage) {
            case SERVER ->
                Requests.propfind(
                        candidates.getFirst(), 0, PROPERTIES, mayLeadAway() ? NOT_HERE_OR_ELSEWHERE : NOT_HERE);
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
        endpoints.put("home", homes.stream().map(URI::toString).collect(Collectors.joining(" ")));
        if (principal != null) {
            endpoints.put("principal", principal.toString());
        }
        return new FoundAccount(account(connection, at), at.toString(), endpoints);
    }

    /** Tells the account from others on its server: the name signed in with, its mail address, or its principal's. */
    private String account(ConnectionRef connection, URI at) {
        if (!connection.account().isBlank()) {
            return connection.account();
        }
        String mail = facts.get("email");
        return mail != null ? mail : principal == null ? Href.decode(at.getRawPath()) : name(principal);
    }

    private static String name(URI principal) {
        String[] names = Href.decode(principal.getRawPath()).split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty() && !names[i].startsWith("principal")) {
                return names[i];
            }
        }
        return principal.getHost();
    }

    /** The homes of a connection, from its endpoint {@code home}. */
    public static List<URI> homes(ConnectionRef connection) {
        String home = connection.endpoint("home");
        if (home == null || home.isBlank()) {
            throw Dav.rejected("The account's calendars are not known: connect it again");
        }
        return Arrays.stream(home.split(" ")).map(URI::create).toList();
    }

    /** Whether the next candidate may be, or redirect to, a host that is not sent the credentials. */
    private boolean mayLeadAway() {
        URI next = candidates.getFirst();
        return next.getPath().startsWith("/.well-known/") || !host.equalsIgnoreCase(next.getHost());
    }

    private FaultException refused(URI by) {
        if (Addresses.sameSite(host, by.getHost())) {
            return new FaultException(
                    new Fault.NeedsReconnect("The service does not accept the user name or the password"));
        }
        return Dav.rejected("The calendars of " + host + " are at " + Href.origin(by)
                + "/, which is another provider's host. Type that address if you trust it");
    }

    private Discovery server(Answer answer) {
        if (answer.status() == 401) {
            throw refused(answer.uri());
        }
        Optional<Row> row = answer.status() == 207 ? row(answer) : Optional.empty();
        if (row.isEmpty()) {
            return elsewhere();
        }
        Optional<URI> named = row.get()
                .property(Dav.PRINCIPAL)
                .flatMap(property -> property.hrefs().stream().findFirst())
                .map(href -> Href.resolve(href, answer.uri()));
        if (named.isPresent()) {
            return new Discovery(Stage.PRINCIPAL, host, List.of(), answer.uri(), named.get(), List.of(), Map.of());
        }
        if (row.get().property(Dav.HOME).isPresent()) {
            return new Discovery(Stage.PRINCIPAL, host, List.of(), answer.uri(), answer.uri(), List.of(), Map.of())
                    .principal(answer);
        }
        if (isA(row.get(), Dav.CALENDAR)) {
            return in(answer.uri());
        }
        return isA(row.get(), Dav.dav("collection"))
                ? new Discovery(Stage.HOME, host, candidates, null, null, List.of(), Map.of())
                : elsewhere();
    }

    /** A server that names no principals may still have been given the address of a folder of calendars. */
    private Discovery home(Answer answer) {
        boolean calendars =
                answer.status() == 207 && Multistatus.rows(answer).stream().anyMatch(row -> isA(row, Dav.CALENDAR));
        return calendars ? in(answer.uri()) : elsewhere();
    }

    private Discovery in(URI home) {
        return new Discovery(Stage.ABILITIES, host, List.of(), home, null, List.of(folder(home)), Map.of());
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
        return new Discovery(Stage.SERVER, host, List.copyOf(left), null, null, List.of(), Map.of());
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
                .ifPresent(href ->
                        endpoints.put("outbox", Href.resolve(href, answer.uri()).toString()));
        row.property(Dav.ADDRESSES).flatMap(Discovery::mail).ifPresent(mail -> endpoints.put("email", mail));
        row.property(Dav.ADDRESSES).ifPresent(set -> endpoints.put("addresses", String.join(" ", mails(set))));
        return new Discovery(Stage.ABILITIES, host, List.of(), server, principal, found, endpoints);
    }

    /** A server with an outbox that does not tell its abilities is taken for one that sends mail. */
    private Discovery abilities(Answer answer) {
        String abilities = answer.header("dav");
        boolean sends = abilities == null
                || Arrays.stream(abilities.split(",")).map(String::strip).anyMatch("calendar-auto-schedule"::equals);
        Map<String, String> endpoints = new LinkedHashMap<>(facts);
        endpoints.put("scheduling", String.valueOf(sends && facts.containsKey("outbox")));
        return new Discovery(Stage.DONE, host, List.of(), server, principal, homes, endpoints);
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
        return Multistatus.rows(answer).stream()
                .filter(row -> !row.properties().isEmpty())
                .findFirst();
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
