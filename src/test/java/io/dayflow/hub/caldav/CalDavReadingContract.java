package io.dayflow.hub.caldav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.server.DavClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the routes of CalDAV find and read what a real server holds, whichever it is. */
abstract class CalDavReadingContract {

    static {
        // Radicale closes connections that were kept open, and the JDK's client finds out too late.
        System.setProperty("jdk.httpclient.keepalive.timeout", "0");
    }

    DavClient client;
    URI calendar;
    Routes routes;
    ConnectionRef connection;
    CollectionRef events;

    /** The address that a user types. */
    abstract URI address();

    abstract DavClient client();

    abstract HttpDoor door();

    /** The calendar home, in which the tests make calendars. */
    abstract URI home();

    @BeforeEach
    void connect() {
        client = client();
        calendar = client.makeCalendar(home(), "work-" + UUID.randomUUID(), "Work", "VEVENT", "VTODO");
        routes = Routes.to(address().toString(), door());
        connection = routes.with(routes.connect());
        events = collection(Kind.EVENT, null);
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void anAccountIsFoundBehindTheAddressItsUserTypes() {
        FoundAccount found = routes.connect();
        assertThat(found.account()).isEqualTo("alice");
        assertThat(found.endpoints()).containsEntry("home", home().toString()).containsEntry("scheduling", "false");
    }

    @Test
    void anAccountIsFoundBehindAHomeACalendarAndTheBareHost() {
        for (URI typed :
                List.of(home(), calendar, address().resolve("/"), address().resolve("/no/such/place/"))) {
            try (Routes other = Routes.to(typed.toString(), door())) {
                assertThat(other.connect().endpoints()).as("typed %s", typed).containsEntry("home", home().toString());
            }
        }
    }

    @Test
    void aCalendarForBothKindsIsTwoCollectionsAtOnePlace() {
        List<FoundCollection> found = routes.collections(connection).stream()
                .filter(collection -> collection.externalId().equals(events.externalId()))
                .toList();
        assertThat(found).extracting(FoundCollection::kind).containsExactlyInAnyOrder(Kind.EVENT, Kind.TASK);
        assertThat(found).allSatisfy(collection -> {
            assertThat(collection.name()).isEqualTo("Work");
            assertThat(collection.readOnly()).isFalse();
            assertThat(collection.attributes()).containsEntry("syncToken", "true");
        });
    }

    @Test
    void aFullListingProvesWhatIsThereAndLaterOnesTellWhatChanged() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        client.put(calendar.resolve("two.ics"), Pushes.event("two", "Two"));
        Listing all = routes.list(connection, events);
        assertThat(all.complete()).isTrue();
        assertThat(all.more()).isFalse();
        assertThat(names(all)).containsExactlyInAnyOrder("one.ics", "two.ics");
        assertThat(all.entries())
                .allSatisfy(entry -> assertThat(entry.version()).isNotNull());

        CollectionRef since = collection(Kind.EVENT, all.cursor());
        assertThat(routes.list(connection, since).entries()).isEmpty();

        client.put(calendar.resolve("two.ics"), Pushes.event("two", "Two again"));
        client.put(calendar.resolve("three.ics"), Pushes.event("three", "Three"));
        client.delete(calendar.resolve("one.ics"));
        routes.methods();
        Listing news = routes.list(connection, since);
        assertThat(routes.methods()).isEqualTo("REPORT");
        assertThat(news.complete()).isFalse();
        assertThat(news.entries().stream().collect(Collectors.toMap(CalDavReadingContract::name, Listing.Entry::gone)))
                .isEqualTo(Map.of("one.ics", true, "two.ics", false, "three.ics", false));
    }

    @Test
    void aTokenThatTheServerDoesNotKnowLeadsToAFullListingAtOnce() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        String token = routes.list(connection, events).cursor();
        String foreign = token.substring(0, token.length() - 6) + "abcdef";
        Listing listing = routes.list(connection, collection(Kind.EVENT, foreign));
        assertThat(listing.complete()).isTrue();
        assertThat(names(listing)).containsExactly("one.ics");
        assertThat(listing.cursor()).isEqualTo(token);
    }

    @Test
    void aCalendarWithoutSyncTokensIsListedByItsTag() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        CollectionRef plain = new CollectionRef(
                UUID.randomUUID(), events.externalId(), Kind.EVENT, "Work", false, Map.of("syncToken", "false"), null);
        Listing all = routes.list(connection, plain);
        assertThat(all.cursor()).startsWith("ctag:").isNotEqualTo("ctag:");
        assertThat(all.complete()).isTrue();
        assertThat(names(all)).containsExactly("one.ics");

        CollectionRef since = collection(Kind.EVENT, all.cursor());
        Listing nothing = routes.list(connection, since);
        assertThat(nothing).isEqualTo(new Listing(List.of(), all.cursor(), false, false));

        client.put(calendar.resolve("two.ics"), Pushes.event("two", "Two"));
        Listing again = routes.list(connection, since);
        assertThat(again.complete()).isTrue();
        assertThat(names(again)).containsExactlyInAnyOrder("one.ics", "two.ics");
    }

    @Test
    void aCalendarThatIsGoneIsToldAsGone() {
        client.delete(calendar);
        assertThatThrownBy(() -> routes.list(connection, events))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.getKind()).isEqualTo("gone"));
    }

    @Test
    void severalObjectsAreReadInOneRequestAndAMissingOneHasNoPayload() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "Gr\u00fc\u00dfe \u2014 \ud83d\ude80 & <more>"));
        client.put(calendar.resolve("two.ics"), Pushes.event("two", "Two"));
        List<String> hrefs = List.of(path("two.ics"), path("none.ics"), path("one.ics"));
        routes.methods();
        List<Fetched> objects = routes.get(connection, events, hrefs);
        assertThat(routes.methods()).isEqualTo("REPORT");
        assertThat(objects).extracting(Fetched::externalId).containsExactlyElementsOf(hrefs);
        assertThat(objects.get(1)).isEqualTo(new Fetched(path("none.ics"), null, null));
        assertThat(part(objects.get(2)).view().text("title")).isEqualTo("Gr\u00fc\u00dfe \u2014 \ud83d\ude80 & <more>");
        assertThat(objects.get(2).version()).isNotNull();
        assertThat(routes.get(connection, events, List.of(path("two.ics")))).containsExactly(objects.get(0));
    }

    @Test
    void anObjectThatHoldsBothKindsOfItemOrRubbishDoesNotDisturbTheOther() {
        Fetched rubbish = new Fetched(path("x.ics"), "\"1\"", "no calendar");
        Mapped mapped = routes.map(connection, events, rubbish);
        assertThat(mapped.parts()).isEmpty();
        assertThat(mapped.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.key()).isEmpty());
        Fetched task =
                new Fetched(path("t.ics"), "\"1\"", Pushes.event("t", "T").replace("VEVENT", "VTODO"));
        assertThat(routes.map(connection, events, task).parts()).isEmpty();
        assertThat(routes.map(connection, collection(Kind.TASK, null), task).parts())
                .hasSize(1);
    }

    boolean stored(String name, String uid) {
        try {
            client.put(URI.create(calendar + name), Pushes.event(uid, "Odd"));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    CollectionRef collection(Kind kind, @Nullable String cursor) {
        return new CollectionRef(
                UUID.randomUUID(), calendar.getPath(), kind, "Work", false, Map.of("syncToken", "true"), cursor);
    }

    Mapped.Part part(Fetched object) {
        return routes.map(connection, events, object).parts().getFirst();
    }

    String path(String name) {
        return calendar.getPath() + name;
    }

    static List<String> names(Listing listing) {
        return listing.entries().stream().map(CalDavReadingContract::name).toList();
    }

    static String name(Listing.Entry entry) {
        return entry.externalId().substring(entry.externalId().lastIndexOf('/') + 1);
    }
}
