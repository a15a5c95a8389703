package io.dayflow.hub.caldav;

import static io.dayflow.hub.caldav.Script.error;
import static io.dayflow.hub.caldav.Script.etag;
import static io.dayflow.hub.caldav.Script.row;
import static io.dayflow.hub.caldav.Script.status;
import static io.dayflow.hub.caldav.Script.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.provider.Listing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static final String CUT = status("/dav/work/", 507);

    @Test
    void aFirstWalkInPagesIsCompleteWithItsLastPage() {
        Script script = new Script()
                .rows("REPORT", etag("/dav/work/1.ics", "a") + CUT + token("data:,1-2"))
                .rows("REPORT", etag("/dav/work/2.ics", "b") + status("/dav/work/1.ics", 404) + token("data:,1-3"));
        Listing first = list(null, script);
        assertThat(first.more()).isTrue();
        assertThat(first.complete()).isFalse();
        assertThat(first.cursor()).isEqualTo("walk:data:,1-2");
        Listing second = list(first.cursor(), script);
        assertThat(second)
                .isEqualTo(new Listing(
                        List.of(entry("2.ics", "\"b\""), new Listing.Entry("/dav/work/1.ics", null, true, null)),
                        "token:data:,1-3",
                        false,
                        true));
    }

    @Test
    void changesInPagesNeverProveAbsence() {
        Script script = new Script().rows("REPORT", etag("/dav/work/1.ics", "a") + CUT + token("t2"));
        Listing page = list("token:t1", script);
        assertThat(page).isEqualTo(new Listing(List.of(entry("1.ics", "\"a\"")), "token:t2", true, false));
    }

    @Test
    void aServerThatCutsShortWithoutMovingOnIsNotAskedForEver() {
        Script script = new Script().rows("REPORT", CUT + token("t1"));
        assertThatThrownBy(() -> list("token:t1", script)).satisfies(Scene.fault("unreadable", "does not move on"));
    }

    @Test
    void anExpiredTokenLeadsToEverythingInTheSameCall() {
        for (int refusal : new int[] {403, 409, 412, 500}) {
            Script script = new Script()
                    .on("REPORT", refusal, error("<d:valid-sync-token/>"))
                    .rows("REPORT", etag("/dav/work/1.ics", "a") + status("/dav/work/old.ics", 404) + token("new"));
            assertThat(list("token:old", script))
                    .isEqualTo(new Listing(List.of(entry("1.ics", "\"a\"")), "token:new", false, true));
        }
    }

    @Test
    void aCalendarThatMayNotBeReadIsRefusedRatherThanWalked() {
        Script script = new Script().on("REPORT", 403, error("<d:need-privileges/>"));
        assertThatThrownBy(() -> list("token:t", script)).satisfies(Scene.fault("rejected", "may not read"));
    }

    @Test
    void aServerThatRefusesSyncCollectionIsListedByItsTag() {
        Script script = new Script()
                .on("REPORT", 403, "")
                .rows("PROPFIND", row("/dav/work/", "<cs:getctag>17</cs:getctag>"))
                .rows(
                        "PROPFIND",
                        row("/dav/work/", "<d:resourcetype><d:collection/></d:resourcetype>")
                                + etag("/dav/work/1.ics", "a")
                                + etag("https://cal.example.com/dav/work/1.ics", "a")
                                + row("/dav/work/sub", "<d:resourcetype><d:collection/></d:resourcetype>")
                                + row("/dav/work/2.ics", "<d:resourcetype/>"));
        assertThat(list(null, script))
                .isEqualTo(new Listing(List.of(entry("1.ics", "\"a\""), entry("2.ics", null)), "ctag:17", false, true));
        assertThat(script.isOver()).isTrue();
    }

    @Test
    void aCalendarWithoutATagIsWalkedEveryTime() {
        String walk = etag("/dav/work/1.ics", "a");
        Script script = new Script().rows("PROPFIND", row("/dav/work/", "")).rows("PROPFIND", walk);
        assertThat(list("ctag:", script).entries()).hasSize(1);
        assertThat(script.isOver()).isTrue();
    }

    @Test
    void aWalkThatTheServerCutsShortProvesNothing() {
        Script script = new Script()
                .rows("PROPFIND", row("/dav/work/", "<cs:getctag>2</cs:getctag>"))
                .rows("PROPFIND", etag("/dav/work/1.ics", "a") + CUT);
        assertThat(list("ctag:1", script).complete()).isFalse();
    }

    @Test
    void tokensGoOutAsTheyCameWhateverIsInThem() {
        Script script = new Script().rows("REPORT", token("&lt;new&gt; &amp; \"more\""));
        try (Routes routes = Scene.routes(script)) {
            Listing listing = routes.list(routes.connection, Scene.events("token:a<b>&\"c\" "));
            assertThat(routes.calls.getFirst().body()).contains("a&lt;b&gt;&amp;&quot;c&quot; </d:sync-token>");
            assertThat(listing.cursor()).isEqualTo("token:<new> & \"more\"");
        }
    }

    @Test
    void aCursorThatIsNoneOfOursBeginsAnew() {
        Script script = new Script().rows("REPORT", token("t"));
        assertThat(list("http://example.com/ns/sync/1", script).complete()).isTrue();
    }

    private static Listing.Entry entry(String name, @Nullable String version) {
        return new Listing.Entry("/dav/work/" + name, version, false, null);
    }

    private static Listing list(@Nullable String cursor, Script script) {
        try (Routes routes = Scene.routes(script)) {
            return routes.list(routes.connection, Scene.events(cursor));
        }
    }
}
