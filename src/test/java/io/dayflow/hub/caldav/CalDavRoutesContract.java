package io.dayflow.hub.caldav;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the routes of CalDAV write to a real server, whichever it is; and how they read. */
abstract class CalDavRoutesContract extends CalDavReadingContract {

    @Test
    void oddNamesAreListedReadChangedAndDeletedUnderOneSpelling() {
        List<String> raw =
                List.of("a%20b.ics", "%C3%A9%40x%2B1.ics", "sl%2Fash.ics", "per%25cent.ics", "semi%3Bq%3D1.ics");
        List<String> accepted = raw.stream()
                .filter(name -> stored(name, "uid-" + raw.indexOf(name)))
                .toList();
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(3);
        Listing listing = routes.list(connection, events);
        List<String> expected =
                accepted.stream().map(name -> Href.path(name, calendar)).toList();
        assertThat(listing.entries())
                .extracting(Listing.Entry::externalId)
                .containsExactlyInAnyOrderElementsOf(expected);
        for (Fetched object : routes.get(connection, events, expected)) {
            assertThat(object.payload()).as(object.externalId()).isNotNull();
            Mapped.Part part = part(object);
            Pushed written = routes.push("update", connection, events, Pushes.change(object, part, "Renamed"));
            assertThat(written).as(object.externalId()).isInstanceOf(Pushed.Written.class);
            Fetched now =
                    routes.get(connection, events, List.of(object.externalId())).getFirst();
            assertThat(part(now).view().text("title")).isEqualTo("Renamed");
            assertThat(routes.push("delete", connection, events, Pushes.deletion(now, part(now))))
                    .isEqualTo(new Pushed.Deleted());
        }
        assertThat(routes.list(connection, collection(Kind.EVENT, null)).entries())
                .isEmpty();
    }

    @Test
    void aNewItemIsWrittenOnceAndFoundAgainWhenTheAnswerWasLost() {
        Push push = Pushes.creation("uid-new");
        Pushed.Written written = (Pushed.Written) routes.push("create", connection, events, push);
        assertThat(written.externalId()).isEqualTo(events.externalId() + push.itemId() + ".ics");
        Fetched stored =
                routes.get(connection, events, List.of(written.externalId())).getFirst();
        assertThat(part(stored).key()).isEqualTo(written.part());
        assertThat(part(stored).view().text("title")).isEqualTo("Planning");
        if (written.version() != null) {
            assertThat(stored.version()).isEqualTo(written.version());
        }
        assertThat(routes.push("create", connection, events, push)).isEqualTo(new Pushed.Stale(written.externalId()));
    }

    @Test
    void aUidThatAnotherObjectHasLeadsToThatObject() {
        client.put(calendar.resolve("elsewhere.ics"), Pushes.event("uid-twice", "First"));
        Pushed pushed = routes.push("create", connection, events, Pushes.creation("uid-twice"));
        assertThat(pushed).isEqualTo(new Pushed.Stale(path("elsewhere.ics")));
    }

    @Test
    void aChangeKeepsWhatWasNotMeantAndStopsWhereSomeoneElseWasFaster() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        Pushed.Written written =
                (Pushed.Written) routes.push("update", connection, events, Pushes.change(seen, part(seen), "Changed"));
        Fetched now = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        assertThat(now.payload()).contains("SUMMARY:Changed", "X-KEPT;X-P=1:yes");
        assertThat(written.externalId()).isEqualTo(path("one.ics"));

        assertThat(routes.push("update", connection, events, Pushes.change(seen, part(seen), "Too late")))
                .isEqualTo(new Pushed.Stale(path("one.ics")));
        assertThat(routes.push("delete", connection, events, Pushes.deletion(seen, part(seen))))
                .isEqualTo(new Pushed.Stale(path("one.ics")));
    }

    @Test
    void aChangeThatChangesNothingAsksNothing() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        routes.methods();
        assertThat(routes.push("update", connection, events, Pushes.change(seen, part(seen), "One")))
                .isEqualTo(new Pushed.Written(path("one.ics"), part(seen).key(), seen.version(), seen.payload()));
        assertThat(routes.methods()).isEmpty();
    }

    @Test
    void anObjectWhoseVersionIsNotKnownIsLookedAtFirst() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        Fetched unknown = new Fetched(seen.externalId(), null, seen.payload());
        routes.methods();
        assertThat(routes.push("update", connection, events, Pushes.change(unknown, part(seen), "Changed")))
                .isInstanceOf(Pushed.Written.class);
        assertThat(routes.methods()).isEqualTo("GET PUT");
        assertThat(routes.push("update", connection, events, Pushes.change(unknown, part(seen), "Again")))
                .isEqualTo(new Pushed.Stale(path("one.ics")));
    }

    @Test
    void whatIsNoLongerThereIsGoneForAChangeAndDeletedForADeletion() {
        client.put(calendar.resolve("one.ics"), Pushes.event("one", "One"));
        Fetched seen = routes.get(connection, events, List.of(path("one.ics"))).getFirst();
        client.delete(calendar.resolve("one.ics"));
        assertThat(routes.push("update", connection, events, Pushes.change(seen, part(seen), "Changed")))
                .isIn(new Pushed.Gone(), new Pushed.Stale(path("one.ics")));
        assertThat(client.exists(calendar.resolve("one.ics"))).isFalse();
        assertThat(routes.push("delete", connection, events, Pushes.deletion(seen, part(seen))))
                .isEqualTo(new Pushed.Deleted());
    }
}
