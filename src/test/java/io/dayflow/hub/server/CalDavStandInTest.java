package io.dayflow.hub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the stand-in misbehaves. */
class CalDavStandInTest {

    private final CalDavStandIn server = CalDavStandIn.start();
    private final StandInCalendar work = server.addCalendar("work", "Work", "VEVENT");
    private final URI uri = server.uri(work);
    private final DavClient client = server.client();

    @AfterEach
    void close() {
        server.close();
    }

    private static DavException refused(ThrowingCallable request) {
        List<DavException> caught = new ArrayList<>();
        assertThatThrownBy(request).asInstanceOf(type(DavException.class)).satisfies(caught::add);
        return caught.getFirst();
    }

    @Test
    void aFaultIsUsedUpAfterItsTimesAndHitsOnlyWhatItNames() {
        server.fault(StandInFault.status(503).times(2).on("PUT").under(uri.getPath()));
        assertThat(client.list(uri)).isEmpty();
        assertThat(refused(() -> client.put(uri.resolve("a.ics"), CalDavContract.event("a", "A")))
                        .status())
                .isEqualTo(503);
        assertThat(refused(() -> client.put(uri.resolve("a.ics"), CalDavContract.event("a", "A")))
                        .status())
                .isEqualTo(503);
        client.put(uri.resolve("a.ics"), CalDavContract.event("a", "A"));
        assertThat(work.names()).containsExactly("a.ics");
    }

    @Test
    void refusalsNameTheirPrecondition() {
        server.fault(StandInFault.needPrivileges().once());
        server.fault(StandInFault.badCalendarData().once());
        server.fault(StandInFault.uidConflict().once());
        assertThat(refused(() -> client.get(uri)).body()).contains("<D:need-privileges/>");
        assertThat(refused(() -> client.get(uri)).body()).contains("<C:valid-calendar-data/>");
        assertThat(refused(() -> client.get(uri)).status()).isEqualTo(409);
    }

    @Test
    void aWaitIsToldInSecondsOrAsADate() {
        server.fault(StandInFault.tooManyRequests(Duration.ofSeconds(7)).once());
        server.fault(StandInFault.tooManyRequests(Instant.parse("2026-03-01T10:00:00Z"))
                .once());
        assertThat(refused(() -> client.get(uri)).status()).isEqualTo(429);
        assertThat(refused(() -> client.get(uri)).status()).isEqualTo(429);
        assertThat(new StandInFault.Effect.Answer(429, Map.of("Retry-After", "Sun, 1 Mar 2026 10:00:00 GMT"), ""))
                .extracting(StandInFault.Effect.Answer::headers)
                .isEqualTo(answer(StandInFault.tooManyRequests(Instant.parse("2026-03-01T10:00:00Z"))));
    }

    private static Map<String, String> answer(StandInFault fault) {
        StandInFault.Effect.Answer answer = (StandInFault.Effect.Answer) fault.effect();
        return Map.of("Retry-After", answer.headers().get("Retry-After"));
    }

    @Test
    void anAnswerThatIsLostLeavesTheWriteDone() {
        server.fault(StandInFault.loseAnswer().once().on("PUT"));
        // the client may send it again, and is then told that it is there
        assertThatThrownBy(() -> client.create(uri.resolve("a.ics"), CalDavContract.event("a", "A")))
                .isInstanceOfAny(UncheckedIOException.class, DavException.class);
        assertThat(work.text("a.ics")).contains("SUMMARY:A");
    }

    @Test
    void aConnectionThatIsCutLeavesTheWriteUndone() {
        server.fault(StandInFault.cut().times(5).on("PUT"));
        assertThatThrownBy(() -> client.create(uri.resolve("a.ics"), CalDavContract.event("a", "A")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(work.names()).isEmpty();
    }

    @Test
    void halfAnAnswerIsNoAnswer() {
        work.put("a.ics", CalDavContract.event("a", "A"));
        server.fault(StandInFault.cutHalfway().on("PROPFIND"));
        assertThatThrownBy(() -> client.list(uri)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void brokenXmlArrivesWholeAndCannotBeRead() {
        server.fault(StandInFault.malformedXml().once().on("PROPFIND"));
        assertThatThrownBy(() -> client.list(uri)).hasMessageContaining("unreadable XML");
        assertThat(client.list(uri)).isEmpty();
    }

    @Test
    void aSlowAnswerComesLateAndRight() {
        server.fault(StandInFault.slow(Duration.ofMillis(150)).once());
        long before = System.nanoTime();
        assertThat(client.list(uri)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(140));
    }

    @Test
    void aWalkInPagesShowsEachMemberOnce() {
        work.generate(7, i -> "u" + i, i -> CalDavContract.event("u" + i, "Number " + i));
        work.remove("u3.ics");
        server.pageLimit(3);
        List<String> seen = new ArrayList<>();
        String token = "";
        int pages = 0;
        boolean more = true;
        while (more) {
            Multistatus page = client.changes(uri, token);
            page.rows().stream().filter(row -> row.status() == 200).forEach(row -> seen.add(row.href()));
            more = page.rows().stream().anyMatch(row -> row.status() == 507);
            token = page.syncToken();
            pages++;
        }
        // 3 + 3, and the tombstone of the removed one, which comes last as the latest change
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(client.changes(uri, token).rows()).isEmpty();
    }

    @Test
    void expiredTokensAreRefusedWhileVersionsStay() {
        String etag = work.put("a.ics", CalDavContract.event("a", "A"));
        String token = client.changes(uri, "").syncToken();
        work.expireTokens();
        assertThat(refused(() -> client.changes(uri, token)).body()).contains("valid-sync-token");
        assertThat(client.list(uri)).containsValue(etag);
    }

    @Test
    void withoutTokenWalksOnlyTheCtagTellsOfChanges() {
        server.syncCollection(false);
        assertThat(refused(() -> client.changes(uri, "")).status()).isEqualTo(403);
        assertThat(client.propfind(uri, 0, "<D:sync-token/><CS:getctag/>")
                        .rows()
                        .getFirst()
                        .properties())
                .containsOnlyKeys("getctag");
    }

    @Test
    void aRewrittenObjectSaysTheSameInOtherLines() {
        server.rewriteOnPut(true);
        String text = CalDavContract.event("a", "Größe " + "ö".repeat(60));
        String etag = client.put(uri.resolve("a.ics"), text);
        DavClient.Stored stored = client.get(uri.resolve("a.ics"));
        assertThat(stored.etag()).isEqualTo(etag);
        assertThat(stored.body()).isNotEqualTo(text).contains("X-STANDIN-SEEN", "LAST-MODIFIED:20300101T000000Z");
        assertThat(stored.body().replace("\r\n ", "")).contains("SUMMARY:Größe " + "ö".repeat(60) + "\r\n");
        server.rewriteOnPut(false);
        assertThat(client.put(uri.resolve("a.ics"), text)).isNull();
    }

    @Test
    void aVanishedCalendarIsNeitherThereNorListedAndAnEmptiedOneHasNoTombstones() {
        work.put("a.ics", CalDavContract.event("a", "A"));
        String token = client.changes(uri, "").syncToken();
        work.vanish();
        assertThat(refused(() -> client.list(uri)).status()).isEqualTo(404);
        assertThat(client.calendars(server.home())).isEmpty();
        work.reappear();
        work.forgetEverything();
        assertThat(refused(() -> client.changes(uri, token)).status()).isEqualTo(403);
        assertThat(client.changes(uri, "").rows()).isEmpty();
    }

    @Test
    void deletionsCanBeLeftOutOfWalks() {
        work.put("a.ics", CalDavContract.event("a", "A"));
        String token = client.changes(uri, "").syncToken();
        work.remove("a.ics");
        work.hideDeletions(true);
        assertThat(client.changes(uri, token).rows()).isEmpty();
    }

    @Test
    void aChangedPasswordAndAReadOnlyCalendarAreRefusedDifferently() {
        work.readOnly(true);
        assertThat(refused(() -> client.put(uri.resolve("a.ics"), CalDavContract.event("a", "A")))
                        .status())
                .isEqualTo(403);
        server.password("other");
        assertThat(refused(() -> client.list(uri)).status()).isEqualTo(401);
        assertThat(server.client().list(uri)).isEmpty();
    }

    @Test
    void whatHasMovedIsRedirectedAndFoundThere() {
        server.moveTo("/new");
        assertThat(refused(() -> client.list(uri)).status()).isEqualTo(308);
        URI moved = uri.resolve("/new" + uri.getPath());
        client.put(moved.resolve("a.ics"), CalDavContract.event("a", "A"));
        assertThat(client.list(moved)).containsOnlyKeys(moved.resolve("a.ics"));
    }

    @Test
    void aStoppedServerRefusesAndAResumedOneAnswersAtTheSamePlace() {
        work.put("a.ics", CalDavContract.event("a", "A"));
        server.stop();
        assertThatThrownBy(() -> client.list(uri)).isInstanceOf(UncheckedIOException.class);
        server.resume();
        assertThat(client.list(uri)).hasSize(1);
    }

    @Test
    void requestsAreRecordedWithWhatTheyCarried() {
        client.create(uri.resolve("a.ics"), CalDavContract.event("a", "A"));
        assertThat(server.writes()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/dav/calendars/alice/work/a.ics");
            assertThat(request.header("if-none-match")).isEqualTo("*");
            assertThat(request.body()).contains("SUMMARY:A");
        });
    }

    @Test
    void twentyThousandMembersAreListedAndReadInAFewSeconds() {
        work.generate(20_000, i -> "u" + i, i -> CalDavContract.event("u" + i, "Number " + i));
        assertThat(client.changes(uri, "").rows()).hasSize(20_000);
        List<URI> some = client.list(uri).keySet().stream().limit(500).toList();
        assertThat(client.multiget(uri, some)).hasSize(500);
        work.put("u7.ics", CalDavContract.event("u7", "Overwritten"));
        assertThat(client.get(uri.resolve("u7.ics")).body()).contains("Overwritten");
    }
}
