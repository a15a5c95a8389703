package io.dayflow.hub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the hub relies on in a CalDAV server: run on the real ones and on the stand-in, so that the stand-in cannot lie. */
@ExtendWith(ServerLogs.class)
abstract class CalDavContract {

    abstract URI baseUrl();

    abstract DavClient client();

    /** False for a server that says it takes everything, whatever a calendar was made for. */
    boolean keepsComponents() {
        return true;
    }

    private URI newCalendar(String... components) {
        String folder = "c" + UUID.randomUUID().toString().substring(0, 8);
        return client().makeCalendar(client().home(baseUrl()), folder, "Team & Co", components);
    }

    static String event(String uid, String title) {
        return String.join(
                "\r\n",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//DayFlow//test//EN",
                "BEGIN:VEVENT",
                "UID:" + uid,
                "DTSTAMP:20260101T120000Z",
                "DTSTART:20260301T090000Z",
                "DTEND:20260301T100000Z",
                "SUMMARY:" + title,
                "END:VEVENT",
                "END:VCALENDAR",
                "");
    }

    static String task(String uid, String title) {
        return event(uid, title).replace("VEVENT", "VTODO").replace("DTEND:", "DUE:");
    }

    @Test
    void aNewCalendarIsFoundWithItsNameAndComponents() {
        URI calendar = newCalendar("VTODO");
        assertThat(client().calendars(client().home(baseUrl())))
                .filteredOn(found -> found.uri().equals(calendar))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.name()).isEqualTo("Team & Co");
                    assertThat(found.components()).contains("VTODO");
                    if (keepsComponents()) {
                        assertThat(found.components()).containsExactly("VTODO");
                    }
                    assertThat(found.ctag()).isNotBlank();
                });
    }

    @Test
    void aRenamedCalendarShowsItsNewName() {
        URI calendar = newCalendar("VEVENT");
        client().rename(calendar, "Büro <1>");
        assertThat(client().propfind(calendar, 0, "<D:displayname/>")
                        .rows()
                        .getFirst()
                        .get("displayname"))
                .isEqualTo("Büro <1>");
    }

    @Test
    void aStoredEventIsListedAndReadBack() {
        URI calendar = newCalendar("VEVENT");
        URI uri = calendar.resolve("one.ics");
        client().create(uri, event("one", "Frühstück & Söhne"));
        Map<URI, String> members = client().list(calendar);
        assertThat(members).containsOnlyKeys(uri);
        DavClient.Stored stored = client().get(uri);
        assertThat(stored.etag()).isEqualTo(members.get(uri));
        assertThat(stored.body()).contains("SUMMARY:Frühstück & Söhne");
        assertThat(client().multiget(calendar, List.of(uri, calendar.resolve("missing.ics"))))
                .containsOnlyKeys(uri)
                .allSatisfy((where, found) -> {
                    assertThat(found.etag()).isEqualTo(stored.etag());
                    assertThat(found.body()).contains("SUMMARY:Frühstück & Söhne");
                });
    }

    @Test
    void aTaskListTakesTasks() {
        URI calendar = newCalendar("VTODO");
        client().create(calendar.resolve("t.ics"), task("t", "Buy milk"));
        assertThat(client().bodies(calendar).values())
                .singleElement()
                .satisfies(stored -> assertThat(stored.body()).contains("BEGIN:VTODO", "SUMMARY:Buy milk"));
    }

    @Test
    void namesThatNeedEncodingSurvive() {
        URI calendar = newCalendar("VEVENT");
        URI uri = calendar.resolve("b%20%C3%A9x%2B1.ics");
        client().create(uri, event("enc", "Encoded"));
        assertThat(client().list(calendar).keySet()).extracting(URI::getPath).containsExactly(uri.getPath());
        assertThat(client().bodies(calendar)).hasSize(1);
    }

    @Test
    void aSecondCreateAtTheSamePlaceIsRefusedWith412() {
        URI uri = newCalendar("VEVENT").resolve("one.ics");
        client().create(uri, event("one", "First"));
        refused(() -> client().create(uri, event("one", "Second")), 412);
        assertThat(client().get(uri).body()).contains("SUMMARY:First");
    }

    @Test
    void anUpdateWithTheRightVersionIsTakenAndOneWithAStaleVersionRefused() {
        URI uri = newCalendar("VEVENT").resolve("one.ics");
        client().create(uri, event("one", "First"));
        String first = client().get(uri).etag();
        assertThat(first).isNotNull();
        client().update(uri, event("one", "Second"), first);
        refused(() -> client().update(uri, event("one", "Third"), first), 412);
        assertThat(client().get(uri).body()).contains("SUMMARY:Second");
    }

    @Test
    void aDeleteWithAStaleVersionIsRefusedAndOneWithTheRightVersionDone() {
        URI uri = newCalendar("VEVENT").resolve("one.ics");
        client().create(uri, event("one", "First"));
        String first = client().get(uri).etag();
        assertThat(first).isNotNull();
        client().update(uri, event("one", "Second"), first);
        refused(() -> client().delete(uri, first), 412);
        String second = client().get(uri).etag();
        assertThat(second).isNotNull();
        client().delete(uri, second);
        assertThat(client().exists(uri)).isFalse();
    }

    @Test
    void aUidIsStoredOnceInACalendar() {
        URI calendar = newCalendar("VEVENT");
        client().create(calendar.resolve("one.ics"), event("same", "First"));
        assertThatThrownBy(() -> client().create(calendar.resolve("two.ics"), event("same", "Second")))
                .asInstanceOf(type(DavException.class))
                .satisfies(e -> assertThat(e.status()).isIn(403, 409, 412))
                .satisfies(e -> assertThat(e.body()).contains("no-uid-conflict"));
    }

    @Test
    void aTokenWalkShowsWhatWasChangedAndWhatWasRemovedSince() {
        URI calendar = newCalendar("VEVENT");
        URI kept = calendar.resolve("kept.ics");
        URI edited = calendar.resolve("edited.ics");
        URI removed = calendar.resolve("removed.ics");
        for (URI uri : List.of(kept, edited, removed)) {
            client().create(uri, event(uri.getPath(), "First"));
        }
        Multistatus all = client().changes(calendar, "");
        assertThat(hrefs(calendar, all, 200)).containsExactlyInAnyOrder(kept, edited, removed);
        client().put(edited, event(edited.getPath(), "Second"));
        client().delete(removed);
        assertThat(all.syncToken()).isNotNull();
        Multistatus since = client().changes(calendar, all.syncToken());
        assertThat(hrefs(calendar, since, 200)).containsExactly(edited);
        assertThat(hrefs(calendar, since, 404)).containsExactly(removed);
        assertThat(since.syncToken()).isNotNull().isNotEqualTo(all.syncToken());
        assertThat(client().changes(calendar, since.syncToken()).rows()).isEmpty();
    }

    @Test
    void theCtagMovesWithEveryChangeAndOnlyThen() {
        URI calendar = newCalendar("VEVENT");
        String before = ctag(calendar);
        assertThat(ctag(calendar)).isEqualTo(before);
        client().create(calendar.resolve("one.ics"), event("one", "First"));
        assertThat(ctag(calendar)).isNotEqualTo(before);
    }

    @Test
    void aTokenThatTheServerNeverGaveIsRefused() {
        URI calendar = newCalendar("VEVENT");
        assertThatThrownBy(() -> client().changes(calendar, "http://example.test/never-given"))
                .asInstanceOf(type(DavException.class))
                .satisfies(e -> assertThat(e.status()).isIn(403, 409, 500));
    }

    @Test
    void aCalendarThatIsDeletedIsGone() {
        URI calendar = newCalendar("VEVENT");
        client().delete(calendar);
        assertThat(statusOf(calendar)).isEqualTo(404);
        assertThat(client().calendars(client().home(baseUrl())))
                .extracting(DavClient.Calendar::uri)
                .doesNotContain(calendar);
    }

    /** Xandikos says it inside a multistatus, the others outright. */
    private int statusOf(URI calendar) {
        try {
            return client().propfind(calendar, 0, "<D:displayname/>")
                    .rows()
                    .getFirst()
                    .status();
        } catch (DavException e) {
            return e.status();
        }
    }

    private String ctag(URI calendar) {
        String ctag = client().propfind(calendar, 0, "<CS:getctag/>")
                .rows()
                .getFirst()
                .get("getctag");
        assertThat(ctag).isNotBlank();
        return ctag == null ? "" : ctag;
    }

    private static List<URI> hrefs(URI calendar, Multistatus answer, int status) {
        return answer.rows().stream()
                .filter(row -> row.status() == status)
                .map(row -> calendar.resolve(row.href()))
                .filter(uri -> !uri.equals(calendar))
                .toList();
    }

    private static void refused(ThrowingCallable request, int status) {
        assertThatThrownBy(request)
                .asInstanceOf(type(DavException.class))
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }
}
