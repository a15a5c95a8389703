package io.dayflow.hub.caldav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
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

/** What the routes of CalDAV do with a real server, whichever it is. */
abstract class CalDavRoutesContract {

    private DavClient client;
    private URI calendar;
    private Routes routes;
    private ConnectionRef connection;
    private CollectionRef events;

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
    void an_account_is_found_behind_the_address_its_user_types() {
        FoundAccount found = routes.connect();
        assertThat(found.account()).isEqualTo("alice");
        assertThat(found.endpoints()).containsEntry("home", home().toString()).containsEntry("scheduling", "false");
    }

    @Test
    void an_account_is_found_behind_a_home_a_calendar_and_the_bare_host() {
        for (URI typed : List.of(home(), calendar, address().resolve("/"), address().resolve("/no/such/place/"))) {
            try (Routes other = Routes.to(typed.toString(), door())) {
                assertThat(other.connect().endpoints())
                        .as("typed %s", typed)
                        .containsEntry("home", home().toString());
            }
        }
    }

    @Test
    void a_calendar_for_both_kinds_is_two_collections_at_one_place() {
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
    void a_full_listing_proves_what_is_there_and_later_ones_tell_what_changed() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        client.put(calendar.resolve("two.ics"), event("two", "Two"));
        Listing all = routes.list(connection, events);
        assertThat(all.complete()).isTrue();
        assertThat(all.more()).isFalse();
        assertThat(names(all)).containsExactlyInAnyOrder("one.ics", "two.ics");
        assertThat(all.entries()).allSatisfy(entry -> assertThat(entry.version()).isNotNull());

        CollectionRef since = collection(Kind.EVENT, all.cursor());
        assertThat(routes.list(connection, since).entries()).isEmpty();

        client.put(calendar.resolve("two.ics"), event("two", "Two again"));
        client.put(calendar.resolve("three.ics"), event("three", "Three"));
        client.delete(calendar.resolve("one.ics"));
        routes.methods();
        Listing news = routes.list(connection, since);
        assertThat(routes.methods()).isEqualTo("REPORT");
        assertThat(news.complete()).isFalse();
        assertThat(news.entries().stream().collect(Collectors.toMap(CalDavRoutesContract::name, Listing.Entry::gone)))
                .isEqualTo(Map.of("one.ics", true, "two.ics", false, "three.ics", false));
    }

    @Test
    void a_token_that_the_server_does_not_know_leads_to_a_full_listing_at_once() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        String token = routes.list(connection, events).cursor();
        String foreign = token.substring(0, token.length() - 6) + "abcdef";
        Listing listing = routes.list(connection, collection(Kind.EVENT, foreign));
        assertThat(listing.complete()).isTrue();
        assertThat(names(listing)).containsExactly("one.ics");
        assertThat(listing.cursor()).isEqualTo(token);
    }

    @Test
    void a_calendar_without_sync_tokens_is_listed_by_its_tag() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        CollectionRef plain = new CollectionRef(
                UUID.randomUUID(), events.externalId(), Kind.EVENT, "Work", false, Map.of("syncToken", "false"), null);
        Listing all = routes.list(connection, plain);
        assertThat(all.cursor()).startsWith("ctag:").isNotEqualTo("ctag:");
        assertThat(all.complete()).isTrue();
        assertThat(names(all)).containsExactly("one.ics");

        CollectionRef since = collection(Kind.EVENT, all.cursor());
        Listing nothing = routes.list(connection, since);
        assertThat(nothing).isEqualTo(new Listing(List.of(), all.cursor(), false, false));

        client.put(calendar.resolve("two.ics"), event("two", "Two"));
        Listing again = routes.list(connection, since);
        assertThat(again.complete()).isTrue();
        assertThat(names(again)).containsExactlyInAnyOrder("one.ics", "two.ics");
    }

    @Test
    void a_calendar_that_is_gone_is_told_as_gone() {
        client.delete(calendar);
        assertThatThrownBy(() -> routes.list(connection, events))
                .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.getKind()).isEqualTo("gone"));
    }

    @Test
    void several_objects_are_read_in_one_request_and_a_missing_one_has_no_payload() {
        client.put(calendar.resolve("one.ics"), event("one", "Gr\u00fc\u00dfe \u2014 \ud83d\ude80 & <more>"));
        client.put(calendar.resolve("two.ics"), event("two", "Two"));
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
    void odd_names_are_listed_read_changed_and_deleted_under_one_spelling() {
        List<String> raw = List.of("a%20b.ics", "%C3%A9%40x%2B1.ics", "sl%2Fash.ics", "per%25cent.ics", "semi%3Bq%3D1.ics");
        List<String> accepted = raw.stream()
                .filter(name -> stored(name, "uid-" + raw.indexOf(name)))
                .toList();
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(3);
        Listing listing = routes.list(connection, events);
        List<String> expected = accepted.stream()
                .map(name -> Href.path(name, calendar))
                .toList();
        assertThat(listing.entries()).extracting(Listing.Entry::externalId).containsExactlyInAnyOrderElementsOf(expected);
        for (Fetched object : routes.get(connection, events, expected)) {
            assertThat(object.payload()).as(object.externalId()).isNotNull();
            Mapped.Part part = part(object);
            Pushed written = routes.push("update", connection, events, change(object, part, "Renamed"));
            assertThat(written).as(object.externalId()).isInstanceOf(Pushed.Written.class);
            Fetched now = routes.get(connection, events, List.of(object.externalId())).getFirst();
            assertThat(part(now).view().text("title")).isEqualTo("Renamed");
            assertThat(routes.push("delete", connection, events, deletion(now, part(now)))).isEqualTo(new Pushed.Deleted());
        }
        assertThat(routes.list(connection, collection(Kind.EVENT, null)).entries()).isEmpty();
    }

    @Test
    void a_new_item_is_written_once_and_found_again_when_the_answer_was_lost() {
        Push push = creation("uid-new");
        Pushed.Written written = (Pushed.Written) routes.push("create", connection, events, push);
        assertThat(written.externalId()).isEqualTo(events.externalId() + push.itemId() + ".ics");
        Fetched stored = routes.get(connection, events, List.of(written.externalId())).getFirst();
        assertThat(part(stored).key()).isEqualTo(written.part());
        assertThat(part(stored).view().text("title")).isEqualTo("Planning");
        if (written.version() != null) {
            assertThat(stored.version()).isEqualTo(written.version());
        }
        assertThat(routes.push("create", connection, events, push)).isEqualTo(new Pushed.Stale(written.externalId()));
    }

    @Test
    void a_uid_that_another_object_has_leads_to_that_object() {
        client.put(calendar.resolve("elsewhere.ics"), event("uid-twice", "First"));
        Pushed pushed = routes.push("create", connection, events, creation("uid-twice"));
        assertThat(pushed).isEqualTo(new Pushed.Stale(path("elsewhere.ics")));
    }

    @Test
    void a_change_keeps_what_was_not_meant_and_stops_where_someone_else_was_faster() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        Pushed.Written written = (Pushed.Written)
                routes.push("update", connection, events, change(seen, part(seen), "Changed"));
        Fetched now = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        assertThat(now.payload()).contains("SUMMARY:Changed", "X-KEPT;X-P=1:yes");
        assertThat(written.externalId()).isEqualTo(path("one.ics"));

        assertThat(routes.push("update", connection, events, change(seen, part(seen), "Too late")))
                .isEqualTo(new Pushed.Stale(path("one.ics")));
        assertThat(routes.push("delete", connection, events, deletion(seen, part(seen))))
                .isEqualTo(new Pushed.Stale(path("one.ics")));
    }

    @Test
    void a_change_that_changes_nothing_asks_nothing() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        routes.methods();
        assertThat(routes.push("update", connection, events, change(seen, part(seen), "One")))
                .isEqualTo(new Pushed.Written(path("one.ics"), part(seen).key(), seen.version(), seen.payload()));
        assertThat(routes.methods()).isEmpty();
    }

    @Test
    void an_object_whose_version_is_not_known_is_looked_at_first() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        Fetched unknown = new Fetched(seen.externalId(), null, seen.payload());
        routes.methods();
        assertThat(routes.push("update", connection, events, change(unknown, part(seen), "Changed")))
                .isInstanceOf(Pushed.Written.class);
        assertThat(routes.methods()).isEqualTo("GET PUT");
        assertThat(routes.push("update", connection, events, change(unknown, part(seen), "Again")))
                .isEqualTo(new Pushed.Stale(path("one.ics")));
    }

    @Test
    void what_is_no_longer_there_is_gone_for_a_change_and_deleted_for_a_deletion() {
        client.put(calendar.resolve("one.ics"), event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        client.delete(calendar.resolve("one.ics"));
        assertThat(routes.push("update", connection, events, change(seen, part(seen), "Changed")))
                .isIn(new Pushed.Gone(), new Pushed.Stale(path("one.ics")));
        assertThat(client.exists(calendar.resolve("one.ics"))).isFalse();
        assertThat(routes.push("delete", connection, events, deletion(seen, part(seen)))).isEqualTo(new Pushed.Deleted());
    }

    @Test
    void an_object_that_holds_both_kinds_of_item_or_rubbish_does_not_disturb_the_other() {
        Fetched rubbish = new Fetched(path("x.ics"), "\"1\"", "no calendar");
        Mapped mapped = routes.map(connection, events, rubbish);
        assertThat(mapped.parts()).isEmpty();
        assertThat(mapped.problems()).singleElement().satisfies(p -> assertThat(p.key()).isEmpty());
        Fetched task = new Fetched(path("t.ics"), "\"1\"", event("t", "T").replace("VEVENT", "VTODO"));
        assertThat(routes.map(connection, events, task).parts()).isEmpty();
        assertThat(routes.map(connection, collection(Kind.TASK, null), task).parts()).hasSize(1);
    }

    private boolean stored(String name, String uid) {
        try {
            client.put(URI.create(calendar + name), event(uid, "Odd"));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private CollectionRef collection(Kind kind, @Nullable String cursor) {
        return new CollectionRef(
                UUID.randomUUID(), calendar.getPath(), kind, "Work", false, Map.of("syncToken", "true"), cursor);
    }

    private Mapped.Part part(Fetched object) {
        return routes.map(connection, events, object).parts().getFirst();
    }

    private String path(String name) {
        return calendar.getPath() + name;
    }

    private static Push creation(String uid) {
        View view = View.of(
                Kind.EVENT,
                Map.of(
                        "title", TextNode.valueOf("Planning"),
                        "start", TextNode.valueOf("2026-03-01T09:00:00+01:00[Europe/Berlin]"),
                        "end", TextNode.valueOf("2026-03-01T10:00:00+01:00[Europe/Berlin]")));
        return new Push(UUID.randomUUID(), Kind.EVENT, null, "", null, null, view, null, uid);
    }

    private static Push change(Fetched seen, Mapped.Part part, String title) {
        View desired = part.view().with("title", TextNode.valueOf(title));
        return new Push(
                UUID.randomUUID(), Kind.EVENT, seen.externalId(), part.key(), seen.version(), part.view(), desired,
                seen.payload(), part.key());
    }

    private static Push deletion(Fetched seen, Mapped.Part part) {
        return new Push(
                UUID.randomUUID(), Kind.EVENT, seen.externalId(), part.key(), seen.version(), part.view(), null,
                seen.payload(), part.key());
    }

    private static List<String> names(Listing listing) {
        return listing.entries().stream().map(CalDavRoutesContract::name).toList();
    }

    private static String name(Listing.Entry entry) {
        return entry.externalId().substring(entry.externalId().lastIndexOf('/') + 1);
    }

    private static String event(String uid, String title) {
        return String.join("\r\n",
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//test//EN", "BEGIN:VEVENT", "UID:" + uid,
                "DTSTAMP:20260101T000000Z", "DTSTART:20260301T080000Z", "DTEND:20260301T090000Z",
                "SUMMARY:" + title, "X-KEPT;X-P=1:yes", "END:VEVENT", "END:VCALENDAR", "");
    }
}
