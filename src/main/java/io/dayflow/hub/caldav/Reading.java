package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects being read: several at once by calendar-multiget (RFC 4791 section 7.9), and one by one what that does not
 * answer. An immutable state between requests.
 *
 * @param left paths not yet read
 * @param read what was read, by path
 */
public record Reading(String collection, URI home, List<String> wanted, List<String> left, Map<String, Fetched> read) {

    /** Servers without multiget, or with a fault in it, still answer a GET. */
    private static final Set<Integer> NO_MULTIGET = Set.of(400, 403, 404, 405, 406, 410, 413, 415, 422, 500, 501, 507);

    private static final Set<Integer> GONE = Set.of(404, 410);

    public Reading {
        wanted = List.copyOf(wanted);
        left = List.copyOf(left);
        read = Map.copyOf(read);
    }

    /** @param paths as listed */
    public static Reading of(ConnectionRef connection, CollectionRef collection, List<String> paths) {
        URI home = Discovery.homes(connection).getFirst();
        List<String> wanted = List.copyOf(new LinkedHashSet<>(paths));
        return new Reading(collection.externalId(), home, wanted, wanted, Map.of());
    }

    /** Whether a multiget saves requests. */
    public boolean isPlural() {
        return left.size() > 1;
    }

    public boolean isOpen() {
        return !left.isEmpty();
    }

    /** Asks for all that are left. */
    public Call severalCall() {
        List<String> hrefs =
                left.stream().map(path -> Href.uri(path, home).getRawPath()).toList();
        return Requests.report(Href.uri(collection, home), 1, Xml.multiget(hrefs), NO_MULTIGET);
    }

    /** Takes what a multiget brought; what it did not bring, or brought as a failure, is left. */
    public Reading several(Answer answer) {
        if (answer.status() != 207) {
            return this;
        }
        Map<String, Fetched> found = new HashMap<>(read);
        try {
            Multistatus.read(answer, row -> take(row, answer.uri(), found));
        } catch (FaultException e) {
            // One object with a character that XML cannot carry spoils the whole answer: the rest is asked for by GET.
        }
        return with(found);
    }

    /** Asks for the first that is left. */
    public Call singleCall() {
        return Requests.get(Href.uri(left.getFirst(), home), GONE);
    }

    public Reading single(Answer answer) {
        Map<String, Fetched> found = new HashMap<>(read);
        found.put(left.getFirst(), fetched(left.getFirst(), answer));
        return with(found);
    }

    /** The objects in the order asked for, once nothing is left. */
    public List<Fetched> objects() {
        List<Fetched> objects = new ArrayList<>(wanted.size());
        wanted.forEach(path -> {
            Fetched object = read.get(path);
            if (object != null) {
                objects.add(object);
            }
        });
        return List.copyOf(objects);
    }

    /** What the answer to a GET of {@code path} says. */
    static Fetched fetched(String path, Answer answer) {
        if (GONE.contains(answer.status())) {
            return new Fetched(path, null, null);
        }
        return new Fetched(path, etag(answer), lines(answer.text()));
    }

    /** With the line ends of RFC 5545 section 3.1, which XML turns into bare line feeds. */
    static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length() + text.length() / 16);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            boolean whole = end > from && text.charAt(end - 1) == '\r';
            lines.append(text, from, whole ? end - 1 : end).append("\r\n");
            from = end + 1;
        }
        return lines.append(text, from, text.length()).toString();
    }

    /** The entity tag as sent, a weak one included; null if there is none. */
    static @Nullable String etag(Answer answer) {
        String etag = answer.header("etag");
        return etag == null || etag.isBlank() ? null : etag.strip();
    }

    private void take(Row row, URI base, Map<String, Fetched> found) {
        String path = Href.member(collection, row.href(), base);
        if (row.gone()) {
            found.put(path, new Fetched(path, null, null));
            return;
        }
        Element data = row.properties().get(Dav.DATA);
        if (row.ok() && data != null && !data.text().isBlank()) {
            found.put(path, new Fetched(path, row.text(Dav.ETAG), lines(data.text())));
        }
    }

    private Reading with(Map<String, Fetched> found) {
        Set<String> open = new LinkedHashSet<>(left);
        open.removeAll(new HashSet<>(found.keySet()));
        found.keySet().retainAll(new HashSet<>(wanted));
        return new Reading(collection, home, wanted, List.copyOf(open), found);
    }
}
