package io.dayflow.hub.caldav;

import static io.dayflow.hub.caldav.Script.error;
import static io.dayflow.hub.caldav.Script.etag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushingTest {

    private static final String PATH = Scene.CALENDAR + "one.ics";
    private static final String ETAG = "\"1\"";
    private static final String PLAIN = Scene.event("one");
    private static final String INVITED = Scene.event(
            "one",
            "ORGANIZER:mailto:Alice@example.com",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com",
            "ATTENDEE:mailto:bob@example.com");
    private static final String OWN_MAIL = Scene.event(
            "one", "ORGANIZER;SCHEDULE-AGENT=CLIENT:mailto:alice@example.com",
            "ATTENDEE;SCHEDULE-AGENT=CLIENT;PARTSTAT=", " ACCEPTED:mailto:bob@example.com");
    private static final String GUEST =
            Scene.event("one", "ORGANIZER:mailto:bob@example.com", "ATTENDEE:mailto:alice@example.com");

    @Test
    void aNewObjectMustBeNewAndAnUnknownVersionIsLeftToBeRead() {
        Script script = new Script().on("PUT", 201, "");
        try (Routes routes = Scene.routes(script)) {
            Push push = Scene.creation();
            Pushed.Written written =
                    (Pushed.Written) routes.push("create", routes.connection, Scene.events(null), push);
            Call call = routes.calls.getFirst();
            assertThat(call.headers())
                    .containsEntry("If-None-Match", "*")
                    .containsEntry("Content-Type", "text/calendar; charset=utf-8");
            assertThat(call.uri().getPath()).isEqualTo(Scene.CALENDAR + push.itemId() + ".ics");
            assertThat(written.version()).isNull();
            assertThat(written.payload()).isEqualTo(call.body()).contains("UID:one\r\n");
            assertThat(written.part()).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | <c:valid-calendar-data/> | iCalendar data invalid",
                "403 | <c:supported-calendar-component/> | does not hold this kind",
                "403 | <c:max-resource-size/> | larger than",
                "403 | <d:need-privileges/> | read only",
                "403 | <x:strange xmlns:x='urn:x'/> | 403 (strange)",
                "413 | | larger than",
                "507 | | no space"
            })
    void aRefusalIsToldInPlainWords(int status, String condition, String words) {
        Script script = new Script().on("PUT", status, condition == null ? "<html/>" : error(condition));
        assertThatThrownBy(() -> create(script)).satisfies(Scene.fault("rejected", words));
    }

    @Test
    void anObjectWithTheSameUidIsFoundWhereTheServerNamesIt() {
        String named = "<c:no-uid-conflict><d:href>/dav/work/tw%C3%AFn.ics</d:href></c:no-uid-conflict>";
        assertThat(create(new Script().on("PUT", 403, error(named))))
                .isEqualTo(new Pushed.Stale("/dav/work/tw\u00efn.ics"));
    }

    @Test
    void anObjectWithTheSameUidIsSoughtWhereTheServerDoesNotNameIt() {
        Script radicale = new Script()
                .on("PUT", 409, error("<c:no-uid-conflict/>"))
                .rows("REPORT", etag("/dav/work/twin.ics", "x"));
        assertThat(create(radicale)).isEqualTo(new Pushed.Stale("/dav/work/twin.ics"));
        Script xandikos = new Script()
                .rows("PUT", Script.status("/dav/work/x.ics", 412))
                .rows("REPORT", etag("/dav/work/twin.ics", "x"));
        assertThat(create(xandikos)).isEqualTo(new Pushed.Stale("/dav/work/twin.ics"));
    }

    @Test
    void anObjectWithTheSameUidInAnotherCalendarIsARefusal() {
        String named = "<c:unique-scheduling-object-resource><d:href>/dav/private/twin.ics</d:href>"
                + "</c:unique-scheduling-object-resource>";
        assertThatThrownBy(() -> create(new Script().on("PUT", 403, error(named))))
                .satisfies(Scene.fault("rejected", "not in this calendar"));
        Script unnamed =
                new Script().on("PUT", 409, error("<c:no-uid-conflict/>")).rows("REPORT", "");
        assertThatThrownBy(() -> create(unnamed)).satisfies(Scene.fault("rejected", "not in this calendar"));
    }

    @Test
    void aCalendarThatWentAwayIsToldAsGone() {
        assertThatThrownBy(() -> create(new Script().on("PUT", 409, ""))).satisfies(Scene.fault("gone", "calendar"));
        assertThatThrownBy(() -> create(new Script().on("PUT", 404, ""))).satisfies(Scene.fault("gone", "calendar"));
    }

    @Test
    void versionsGoOutAsTheyCameEvenWeakOnes() {
        Script script = new Script().on("PUT", 204, Map.of("ETag", "W/\"2\""), "");
        try (Routes routes = Scene.routes(script)) {
            Pushed pushed = push(routes, "update", Scene.change(PLAIN, "W/\"1\"", "New"));
            assertThat(routes.calls.getFirst().headers()).containsEntry("If-Match", "W/\"1\"");
            assertThat(((Pushed.Written) pushed).version()).isEqualTo("W/\"2\"");
        }
    }

    @Test
    void aChangeThatMetAnotherOrNothingIsStaleOrGone() {
        Push push = Scene.change(PLAIN, ETAG, "New");
        assertThat(push("update", new Script().on("PUT", 412, ""), push)).isEqualTo(new Pushed.Stale(PATH));
        assertThat(push("update", new Script().rows("PUT", Script.status(PATH, 412)), push))
                .isEqualTo(new Pushed.Stale(PATH));
        assertThat(push("update", new Script().on("PUT", 410, ""), push)).isEqualTo(new Pushed.Gone());
        Push unseen = Scene.change(PLAIN, null, "New");
        assertThat(push("update", new Script().on("GET", 404, ""), unseen)).isEqualTo(new Pushed.Gone());
        assertThat(push("delete", new Script().on("GET", 404, ""), Scene.deletion(PLAIN, null)))
                .isEqualTo(new Pushed.Deleted());
        assertThat(push("delete", new Script().on("DELETE", 412, ""), Scene.deletion(PLAIN, ETAG)))
                .isEqualTo(new Pushed.Stale(PATH));
        assertThatThrownBy(() -> push(
                        "delete",
                        new Script().on("DELETE", 403, error("<d:need-privileges/>")),
                        Scene.deletion(PLAIN, ETAG)))
                .satisfies(Scene.fault("rejected", "read only"));
    }

    @Test
    void aServerWithoutVersionsIsStillOnlyWrittenWhereSomethingIs() {
        Script script = new Script().on("GET", 200, PLAIN).on("PUT", 204, "");
        try (Routes routes = Scene.routes(script)) {
            assertThat(push(routes, "update", Scene.change(PLAIN, null, "New"))).isInstanceOf(Pushed.Written.class);
            assertThat(routes.calls.getLast().headers()).containsEntry("If-Match", "*");
        }
    }

    @Test
    void anObjectWithAnotherItemInItIsKept() {
        String two = PLAIN.replace(
                "END:VCALENDAR",
                PLAIN.substring(PLAIN.indexOf("BEGIN:VEVENT"), PLAIN.indexOf("END:VCALENDAR"))
                                .replace("UID:one", "UID:two")
                        + "END:VCALENDAR");
        Script script = new Script().on("PUT", 204, "");
        try (Routes routes = Scene.routes(script)) {
            assertThat(push(routes, "delete", Scene.deletion(two, ETAG))).isEqualTo(new Pushed.Deleted());
            assertThat(routes.calls.getFirst().body()).contains("UID:two").doesNotContain("UID:one");
            assertThat(routes.calls.getFirst().headers()).containsEntry("If-Match", ETAG);
        }
    }

    @Test
    void nobodyIsInvitedByAnObjectMadeOnAServerThatSchedules() {
        Push plain = Scene.creation();
        Push push = new Push(plain.itemId(), plain.kind(), null, "", null, null, Scene.view(INVITED), null, "one");
        try (Routes routes = Scene.scheduling(new Script().on("PUT", 201, ""))) {
            push(routes, "create", push);
            assertThat(Meeting.of(String.valueOf(routes.calls.getFirst().body()))
                            .guests())
                    .isFalse();
        }
    }

    @Test
    void aMeetingThatTheServerHasMailedAboutIsNeitherChangedNorDeleted() {
        try (Routes routes = Scene.scheduling(new Script())) {
            assertThatThrownBy(() -> push(routes, "update", Scene.change(INVITED, ETAG, "New")))
                    .satisfies(Scene.fault("rejected", "mail"));
            assertThatThrownBy(() -> push(routes, "delete", Scene.deletion(INVITED, ETAG)))
                    .satisfies(Scene.fault("rejected", "mail"));
            assertThat(routes.calls).isEmpty();
        }
    }

    @Test
    void aMeetingWhoseGuestsTheServerNeverMailedIsWrittenAndDeletedInSilence() {
        Script script = new Script().on("PUT", 204, Map.of("ETag", "\"2\""), "").on("DELETE", 204, "");
        try (Routes routes = Scene.scheduling(script)) {
            assertThat(push(routes, "update", Scene.change(OWN_MAIL, ETAG, "New")))
                    .isInstanceOf(Pushed.Written.class);
            assertThat(push(routes, "delete", Scene.deletion(OWN_MAIL, ETAG))).isEqualTo(new Pushed.Deleted());
            assertThat(routes.calls.getLast().headers()).containsEntry("Schedule-Reply", "F");
        }
    }

    @Test
    void aGuestMayChangeWhatIsHisOwnAndLeaveWithoutAReply() {
        Script script = new Script().on("PUT", 204, "").on("DELETE", 204, "");
        try (Routes routes = Scene.scheduling(script)) {
            push(routes, "update", Scene.change(GUEST, ETAG, "Mine"));
            assertThat(routes.calls.getFirst().body()).contains("SUMMARY:Mine").doesNotContain("SCHEDULE-AGENT");
            assertThat(push(routes, "delete", Scene.deletion(GUEST, ETAG))).isEqualTo(new Pushed.Deleted());
            assertThat(routes.calls.getLast().headers()).containsEntry("Schedule-Reply", "F");
        }
    }

    private static Pushed create(Script script) {
        return push("create", script, Scene.creation());
    }

    private static Pushed push(String verb, Script script, Push push) {
        try (Routes routes = Scene.routes(script)) {
            return push(routes, verb, push);
        }
    }

    private static Pushed push(Routes routes, String verb, Push push) {
        return routes.push(verb, routes.connection, Scene.events(null), push);
    }
}
