package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Listing;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar holds, or what changed in it: by sync-collection (RFC 6578) where the server knows it, else by the
 * collection's tag and a walk.
 */
public final class Listings {

    private static final List<QName> TAG = List.of(Dav.CTAG);
    private static final List<QName> MEMBERS = List.of(Dav.ETAG, Dav.RESOURCE_TYPE);

    /**
     * Answers to a sync-collection that mean "not with this token" or "not at all". A server may also answer 500 to a
     * token it does not know (Xandikos 0.2.8, seen 2026-11).
     */
    private static final Set<Integer> NO_SYNC = Set.of(400, 403, 405, 406, 409, 410, 412, 415, 422, 500, 501, 507);

    private Listings() {}

    /** Whether the collection is to be listed by sync-collection: its cursor says so, else what the server offers. */
    public static boolean bySync(CollectionRef collection) {
        Cursor cursor = Cursor.of(collection.cursor());
        return cursor == null
                ? "true".equals(collection.attributes().get(Calendars.SYNC))
                : cursor.way() != Cursor.Way.CTAG;
    }

    /** Whether a token is at hand; without one everything is asked for. */
    public static boolean hasToken(CollectionRef collection) {
        Cursor cursor = Cursor.of(collection.cursor());
        return cursor != null && cursor.way() != Cursor.Way.CTAG;
    }

    /** Asks what changed since the collection's token. */
    public static Call changesCall(ConnectionRef connection, CollectionRef collection) {
        Cursor cursor = Cursor.of(collection.cursor());
        String token = cursor == null || cursor.way() == Cursor.Way.CTAG ? "" : cursor.value();
        return Requests.report(at(connection, collection), 0, Xml.syncCollection(token), NO_SYNC);
    }

    /** Asks for everything and a token. */
    public static Call everythingCall(ConnectionRef connection, CollectionRef collection) {
        return Requests.report(at(connection, collection), 0, Xml.syncCollection(""), NO_SYNC);
    }

    /** Asks for the collection's tag. */
    public static Call tagCall(ConnectionRef connection, CollectionRef collection) {
        return Requests.propfind(at(connection, collection), 0, TAG, Set.of());
    }

    /** Asks for every member and its etag, without sync-collection. */
    public static Call membersCall(ConnectionRef connection, CollectionRef collection) {
        return Requests.propfind(at(connection, collection), 1, MEMBERS, Set.of());
    }

    /**
     * What changed since the token; null if the server does not accept the token.
     *
     * @throws io.dayflow.hub.provider.FaultException rejected, if the account may not read the calendar
     */
    public static @Nullable Listing changes(CollectionRef collection, Answer answer) {
        refuseUnreadable(answer);
        if (answer.status() != 207) {
            return null;
        }
        Cursor cursor = Cursor.of(collection.cursor());
        boolean walk = cursor != null && cursor.way() == Cursor.Way.WALK;
        return sync(collection, answer, walk, true);
    }

    /** Everything, or its first page; null if the server does not do sync-collection here. */
    public static @Nullable Listing everything(CollectionRef collection, Answer answer) {
        refuseUnreadable(answer);
        return answer.status() == 207 ? sync(collection, answer, true, false) : null;
    }

    /** The collection's tag as a cursor. */
    public static String tag(Answer answer) {
        return Multistatus.rows(answer).stream()
                .map(row -> row.text(Dav.CTAG))
                .filter(Objects::nonNull)
                .findFirst()
                .map(tag -> new Cursor(Cursor.Way.CTAG, tag))
                .orElse(new Cursor(Cursor.Way.CTAG, ""))
                .toString();
    }

    /** Whether {@code tag} says that nothing changed since the collection's cursor. */
    public static boolean unchanged(CollectionRef collection, String tag) {
        return tag.equals(collection.cursor()) && !tag.equals(new Cursor(Cursor.Way.CTAG, "").toString());
    }

    /** A listing without news. */
    public static Listing nothing(CollectionRef collection) {
        return new Listing(List.of(), collection.cursor(), false, false);
    }

    /**
     * Everything, from a walk.
     *
     * @param tag the collection's tag from before the walk, so that what changes meanwhile is seen next time
     */
    public static Listing members(CollectionRef collection, String tag, Answer answer) {
        Entries entries = new Entries(collection, answer.uri());
        Multistatus.read(answer, row -> entries.add(row, false));
        return new Listing(entries.list(), tag, false, !entries.truncated);
    }

    private static @Nullable Listing sync(CollectionRef collection, Answer answer, boolean walk, boolean tombstones) {
        Entries entries = new Entries(collection, answer.uri());
        String token = Multistatus.read(answer, row -> entries.add(row, tombstones));
        if (token == null) {
            return null;
        }
        Cursor.Way way = walk && entries.truncated ? Cursor.Way.WALK : Cursor.Way.TOKEN;
        String next = new Cursor(way, token).toString();
        if (entries.truncated && next.equals(collection.cursor())) {
            throw Dav.unreadable("The server cuts its listing short but does not move on");
        }
        return new Listing(entries.list(), next, entries.truncated, walk && !entries.truncated);
    }

    private static void refuseUnreadable(Answer answer) {
        if (answer.status() == 403) {
            Refusal refusal = Refusal.of(answer);
            if (refusal.has("need-privileges")) {
                throw Dav.rejected("The account may not read this calendar");
            }
        }
    }

    private static URI at(ConnectionRef connection, CollectionRef collection) {
        return Href.uri(collection.externalId(), Discovery.homes(connection).getFirst());
    }

    /** The members seen so far, by their href: some servers name one twice. */
    private static final class Entries {
        private final Map<String, Listing.Entry> byHref = new LinkedHashMap<>();
        private final CollectionRef collection;
        private final URI base;
        private boolean truncated;

        Entries(CollectionRef collection, URI base) {
            this.collection = collection;
            this.base = base;
        }

        void add(Row row, boolean tombstones) {
            String href = Href.member(collection.externalId(), row.href(), base);
            if (href.equals(collection.externalId()) || (href + "/").equals(collection.externalId())) {
                truncated |= row.status() == 507;
            } else if (row.gone()) {
                if (tombstones) {
                    byHref.put(href, new Listing.Entry(href, null, true, null));
                }
            } else if (!isCollection(row)) {
                String etag = row.text(Dav.ETAG);
                byHref.merge(
                        href,
                        new Listing.Entry(href, etag, false, null),
                        (old, now) -> now.version() == null && !old.gone() ? old : now);
            }
        }

        List<Listing.Entry> list() {
            return List.copyOf(byHref.values());
        }

        private static boolean isCollection(Row row) {
            return row.href().endsWith("/")
                    || row.property(Dav.RESOURCE_TYPE)
                            .filter(type -> type.has(Dav.dav("collection")))
                            .isPresent();
        }
    }
}
