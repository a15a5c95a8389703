package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object being written, and what the server's answer to it means.
 *
 * @param path where
 * @param part the item in it
 * @param text what the object is to hold
 * @param version the entity tag it must still have; null for a new object and for one whose server tells no tags
 * @param fresh whether it must not exist yet
 */
public record Writing(
        String path,
        URI uri,
        String part,
        String text,
        @Nullable String version,
        boolean fresh) {

    private static final Set<Integer> PUT_REFUSED = Set.of(400, 403, 404, 405, 409, 410, 412, 413, 415, 422, 507);

    public Writing {
        text = Reading.lines(text);
    }

    /** The write of a new item; its name is chosen here, so that a lost answer is found again under the same name. */
    public static Writing creation(
            ConnectionRef connection, CollectionRef collection, Push push, String part, String text) {
        String path = push.externalId() != null ? push.externalId() : collection.externalId() + push.itemId() + ".ics";
        return new Writing(path, Href.uri(path, home(connection)), part, text, null, true);
    }

    /** The write of a changed object. */
    public static Writing change(ConnectionRef connection, Push push, String path, String text) {
        return new Writing(path, Href.uri(path, home(connection)), push.part(), text, push.version(), false);
    }

    /** The request that writes it. */
    public Call call() {
        Map<String, String> condition =
                fresh ? Map.of("If-None-Match", "*") : Map.of("If-Match", version == null ? "*" : version);
        return Requests.put(uri, condition, text, PUT_REFUSED);
    }

    /**
     * What became of it.
     *
     * @return empty if another object has the same UID and the server does not say where
     * @throws io.dayflow.hub.provider.FaultException rejected with the server's reason
     */
    public Optional<Pushed> outcome(Answer answer) {
        if (Row.is2xx(answer.status()) && answer.status() != 207) {
            return Optional.of(new Pushed.Written(path, part, Reading.etag(answer), text));
        }
        if (answer.status() == 412) {
            return Optional.of(new Pushed.Stale(path));
        }
        if (!fresh && (answer.status() == 404 || answer.status() == 410)) {
            return Optional.of(new Pushed.Gone());
        }
        Refusal refusal = Refusal.of(answer);
        if (fresh && (refusal.sameUid() || refusal.status() == 412)) {
            return other(refusal);
        }
        if (!fresh && refusal.status() == 412) {
            return Optional.of(new Pushed.Stale(path));
        }
        if (answer.status() == 404
                || answer.status() == 410
                || (answer.status() == 409 && refusal.conditions().isEmpty())) {
            throw new FaultException(new Fault.Gone("The calendar is no longer there"));
        }
        throw refusal.rejected();
    }

    private Optional<Pushed> other(Refusal refusal) {
        Optional<String> other =
                refusal.hrefs().stream().findFirst().map(href -> Href.member(path, href, refusal.uri()));
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        if (other.isPresent() && !other.get().startsWith(folder)) {
            throw elsewhere();
        }
        return other.map(Pushed.Stale::new);
    }

    /** Asks which object of the calendar has the UID of an item that could not be created. */
    public static Call twinCall(ConnectionRef connection, CollectionRef collection, Push push) {
        String component = push.kind() == Kind.EVENT ? "VEVENT" : "VTODO";
        URI at = Href.uri(collection.externalId(), home(connection));
        return Requests.report(at, 1, Xml.queryUid(component, push.uid()), Set.of(400, 403, 405, 415, 422, 500, 501));
    }

    /**
     * Where that object is.
     *
     * @throws io.dayflow.hub.provider.FaultException rejected, if it is in another calendar
     */
    public static Pushed twin(CollectionRef collection, Answer answer) {
        if (answer.status() != 207) {
            throw elsewhere();
        }
        return Multistatus.rows(answer).stream()
                .filter(Row::ok)
                .map(row -> Href.member(collection.externalId(), row.href(), answer.uri()))
                .filter(path -> !path.equals(collection.externalId()))
                .findFirst()
                .<Pushed>map(Pushed.Stale::new)
                .orElseThrow(Writing::elsewhere);
    }

    private static FaultException elsewhere() {
        return Dav.rejected("Another object of the account, not in this calendar, has the same UID");
    }

    private static URI home(ConnectionRef connection) {
        return Discovery.homes(connection).getFirst();
    }
}
