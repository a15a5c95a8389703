package io.dayflow.hub.icalendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Mapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a patch changes, and what it leaves, told by examples. */
class CalendarObjectTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Stamp STAMP = new Stamp(Instant.parse("2026-11-01T10:00:00.123Z"), false);

    private static final String MEETING = """
        BEGIN:VCALENDAR
        VERSION:2.0
        METHOD:REQUEST
        BEGIN:VEVENT
        UID:m
        DTSTAMP:20200101T000000Z
        DTSTART;X-A=1;TZID=W. Europe Standard Time:20260301T090000
        DURATION:PT90M
        RRULE:FREQ=WEEKLY;X-B=2
        EXDATE;TZID=Europe/Berlin:20260308T090000,20260315T090000
        EXDATE:20260322T080000Z
        SUMMARY;LANGUAGE=de:Alt
        ORGANIZER:mailto:boss@example.org
        ATTENDEE;RSVP=TRUE;X-C="a;b";PARTSTAT=NEEDS-ACTION:MAILTO:Ann@example.org
        ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@exam
         ple.org
        CATEGORIES:One,Two\\, and a half
        CATEGORIES:Three
        SEQUENCE:3
        BEGIN:VALARM
        TRIGGER:-PT15M
        ACTION:DISPLAY
        X-D:1
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:m
        RECURRENCE-ID:20260329T070000Z
        DTSTART;TZID=Europe/Berlin:20260329T110000
        DTEND;TZID=Europe/Berlin:20260329T120000
        SUMMARY:Later
        X-E:kept
        END:VEVENT
        END:VCALENDAR
        """;

    private static View view(String text) throws UnreadableObject {
        return CalendarObject.parse(text).read().parts().getFirst().view();
    }

    private static View with(View view, String field, String json) throws Exception {
        return view.with(field, json == null ? null : JSON.readTree(json));
    }

    /** The lines that are new and, with a minus, those that are gone; bookkeeping and METHOD apart. */
    private static List<String> changes(String text, View desired) throws Exception {
        return changes(text, CalendarObject.parse(text).patch("m", view(text), desired, STAMP));
    }

    private static List<String> changes(String before, String after) {
        List<String> old = Arrays.asList(before.split("\r?\n"));
        List<String> now = Arrays.asList(after.split("\r?\n"));
        List<String> changes = new ArrayList<>();
        old.stream().filter(line -> !now.contains(line)).map(line -> "-" + line).forEach(changes::add);
        now.stream().filter(line -> !old.contains(line)).forEach(changes::add);
        changes.removeIf(line -> line.matches("-?(METHOD|DTSTAMP|LAST-MODIFIED|SEQUENCE):.*"));
        return changes;
    }

    @Test
    void aTextKeepsItsParametersAndItsPlace() throws Exception {
        assertThat(changes(MEETING, with(view(MEETING), "title", "\"Neu; besser\"")))
                .containsExactly("-SUMMARY;LANGUAGE=de:Alt", "SUMMARY;LANGUAGE=de:Neu\\; besser");
    }

    @Test
    void aRealChangeIsStampedAndOnlyReschedulingCounts() throws Exception {
        String titled =
                CalendarObject.parse(MEETING).patch("m", view(MEETING), with(view(MEETING), "title", "\"x\""), STAMP);
        assertThat(titled)
                .contains("DTSTAMP:20261101T100000Z\n", "LAST-MODIFIED:20261101T100000Z\n", "SEQUENCE:3\n")
                .doesNotContain("METHOD", "\r");
        assertThat(CalendarObject.parse(titled).read().parts().getFirst().modifiedAt())
                .isEqualTo("2026-11-01T10:00:00Z");
        String cancelled = CalendarObject.parse(MEETING)
                .patch("m", view(MEETING), with(view(MEETING), "status", "\"cancelled\""), STAMP);
        assertThat(cancelled).contains("SEQUENCE:4\n");
    }

    @Test
    void aMovedStartKeepsZoneNameParametersAndDuration() throws Exception {
        View moved = with(view(MEETING), "start", "\"2026-03-01T10:00:00+01:00[Europe/Berlin]\"")
                .with("end", JSON.readTree("\"2026-03-01T11:00:00+01:00[Europe/Berlin]\""));
        assertThat(changes(MEETING, moved))
                .containsExactly(
                        "-DTSTART;X-A=1;TZID=W. Europe Standard Time:20260301T090000",
                        "-DURATION:PT90M",
                        "DTSTART;X-A=1;TZID=W. Europe Standard Time:20260301T100000",
                        "DURATION:PT1H");
    }

    @Test
    void anotherZoneComesWithItsDescriptionAndAFixedOffsetIsWrittenInUtc() throws Exception {
        View tokyo = with(view(MEETING), "end", "\"2026-03-01T20:00:00+09:00[Asia/Tokyo]\"");
        assertThat(changes(MEETING, tokyo))
                .contains(
                        "-DURATION:PT90M",
                        "DTEND;TZID=Asia/Tokyo:20260301T200000",
                        "BEGIN:VTIMEZONE",
                        "TZID:Asia/Tokyo");
        View offset = with(view(MEETING), "end", "\"2026-03-01T20:00:00+09:00\"");
        assertThat(changes(MEETING, offset)).containsExactly("-DURATION:PT90M", "DTEND:20260301T110000Z");
    }

    @Test
    void theSecondOfTwoEqualWallClockTimesIsWrittenInUtc() throws Exception {
        View late = with(view(MEETING), "rdates", "[\"2026-10-25T02:30:00+01:00[Europe/Berlin]\"]");
        assertThat(changes(MEETING, late)).containsExactly("RDATE:20261025T013000Z");
    }

    @Test
    void onlyTheAttendeeWhoAnsweredChanges() throws Exception {
        View accepted = with(view(MEETING), "attendees", """
            [{"email":"ann@example.org","response":"accepted"},
             {"email":"bob@example.org","name":"Bob","response":"accepted"},
             {"email":"eve@example.org","name":"Eve, the \\"new\\" one","role":"optional","response":"needs_action"}]\
            """);
        assertThat(changes(MEETING, accepted))
                .containsExactly(
                        "-ATTENDEE;RSVP=TRUE;X-C=\"a;b\";PARTSTAT=NEEDS-ACTION:MAILTO:Ann@example.org",
                        "ATTENDEE;RSVP=TRUE;X-C=\"a;b\";PARTSTAT=ACCEPTED:MAILTO:Ann@example.org",
                        "ATTENDEE;CN=\"Eve, the ^'new^' one\";ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTI",
                        " ON:mailto:eve@example.org");
    }

    @Test
    void whereTheServerMailsPeopleItIsToldNotTo() throws Exception {
        Stamp silent = new Stamp(STAMP.now(), true);
        String patched =
                CalendarObject.parse(MEETING).patch("m", view(MEETING), with(view(MEETING), "title", "\"x\""), silent);
        assertThat(Folding.logical(patched))
                .filteredOn(line -> line.startsWith("ATTENDEE") || line.startsWith("ORGANIZER"))
                .hasSize(3)
                .allMatch(line -> Folding.unfold(line).contains(";SCHEDULE-AGENT=CLIENT:"));
        assertThat(CalendarObject.parse(MEETING).patch("m", view(MEETING), view(MEETING), silent))
                .isEqualTo(MEETING);
    }

    @Test
    void excludedDatesComeAndGoOneByOne() throws Exception {
        assertThat(view(MEETING).get("exdates")).hasSize(3);
        View desired = with(view(MEETING), "exdates", """
            ["2026-03-15T09:00:00+01:00[Europe/Berlin]","2026-04-05T09:00:00+02:00[Europe/Berlin]"]\
            """);
        assertThat(changes(MEETING, desired))
                .containsExactly(
                        "-EXDATE;TZID=Europe/Berlin:20260308T090000,20260315T090000",
                        "-EXDATE:20260322T080000Z",
                        "EXDATE;TZID=Europe/Berlin:20260315T090000",
                        "EXDATE;TZID=W. Europe Standard Time:20260405T090000");
    }

    @Test
    void onlyTheTouchedOccurrenceChanges() throws Exception {
        String key = "2026-03-29T09:00:00+02:00[Europe/Berlin]";
        View renamed = view(MEETING)
                .with(
                        "overrides",
                        JSON.readTree(view(MEETING).get("overrides").toString().replace("Later", "Latest")));
        assertThat(renamed.get("overrides").has(key)).isTrue();
        assertThat(changes(MEETING, renamed)).containsExactly("-SUMMARY:Later", "SUMMARY:Latest");
        String patched = CalendarObject.parse(MEETING).patch("m", view(MEETING), renamed, STAMP);
        assertThat(patched).contains("DTSTAMP:20200101T000000Z", "SEQUENCE:3", "DTSTAMP:20261101T100000Z");
        assertThat(changes(MEETING, with(view(MEETING), "overrides", null)))
                .contains("-RECURRENCE-ID:20260329T070000Z", "-X-E:kept")
                .doesNotContain("-SUMMARY;LANGUAGE=de:Alt");
    }

    @Test
    void alarmsOfOthersStayAsTheyAre() throws Exception {
        View more = with(
                view(MEETING), "reminders", "[{\"trigger\":\"-PT15M\"},{\"trigger\":\"-PT1H\",\"related\":\"end\"}]");
        assertThat(changes(MEETING, more)).containsExactly("TRIGGER;RELATED=END:-PT1H", "DESCRIPTION:Alt");
        View spelled = with(
                view(MEETING), "reminders", "[{\"trigger\":\"-PT15M\",\"related\":\"start\",\"action\":\"display\"}]");
        assertThat(CalendarObject.parse(MEETING).patch("m", view(MEETING), spelled, STAMP))
                .isEqualTo(MEETING);
    }

    @Test
    void categoriesComeAndGoOneByOne() throws Exception {
        assertThat(changes(MEETING, with(view(MEETING), "categories", "[\"Four\",\"Three\",\"Two, and a half\"]")))
                .containsExactly("-CATEGORIES:One,Two\\, and a half", "CATEGORIES:Two\\, and a half,Four");
    }

    @Test
    void aPriorityOfTheSameClassKeepsItsNumber() throws Exception {
        String task = "BEGIN:VTODO\r\nUID:m\r\nPRIORITY:2\r\nSTATUS:NEEDS-ACTION\r\nSUMMARY:t\r\nEND:VTODO\r\n";
        assertThat(view(task).text("priority")).isEqualTo("high");
        assertThat(changes(task, with(view(task), "title", "\"u\""))).containsExactly("-SUMMARY:t", "SUMMARY:u");
        assertThat(changes(task, with(view(task), "priority", "\"low\""))).containsExactly("-PRIORITY:2", "PRIORITY:9");
    }

    @Test
    void aTaskWithADurationHasADueTime() throws Exception {
        String task = "BEGIN:VTODO\n"
                + "UID:m\n"
                + "DTSTART:20260301T080000Z\n"
                + "DURATION:P1DT1H\n"
                + "COMPLETED:20260302\n"
                + "RELATED-TO:up\n"
                + "END:VTODO\n";
        assertThat(view(task).text("due")).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(view(task).text("parent")).isEqualTo("up");
        assertThat(view(task).get("completedAt")).isNull();
        assertThat(changes(task, with(view(task), "due", "\"2026-03-01T08:30:00Z\"")))
                .containsExactly("-DURATION:P1DT1H", "DURATION:PT30M");
    }

    @Test
    void theMeetingAddressChangesWhereItWasRead() throws Exception {
        String event =
                "BEGIN:VEVENT\nUID:m\nDTSTART:20260301T080000Z\nX-GOOGLE-CONFERENCE:https://a.example\nEND:VEVENT\n";
        assertThat(changes(event, with(view(event), "meetingUrl", "\"https://b.example\"")))
                .containsExactly("-X-GOOGLE-CONFERENCE:https://a.example", "X-GOOGLE-CONFERENCE:https://b.example");
    }

    @Test
    void anUnknownZoneIsAProblemThatNamesIt() throws Exception {
        String event = "BEGIN:VEVENT\nUID:m\nDTSTART;TZID=Utopia:20260301T080000\nEND:VEVENT\n";
        assertThat(CalendarObject.parse(event).read().problems())
                .containsExactly(new Mapped.Problem(
                        "m",
                        "its DTSTART is in the time zone \"Utopia\", which is neither known nor described in"
                                + " the object"));
    }

    @Test
    void anUnquotedColonInAZoneNameIsUnderstood() throws Exception {
        String event = "BEGIN:VCALENDAR\nX-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nUID:m\n"
                + "DTSTART;TZID=(UTC-05:00) Eastern:20260301T080000\nEND:VEVENT\nEND:VCALENDAR\n";
        assertThat(view(event).text("start")).isEqualTo("2026-03-01T08:00:00-05:00[America/New_York]");
    }

    @Test
    void aTruncatedObjectIsAProblemButItsCompletePartsAreNot() throws Exception {
        String cut = MEETING.substring(0, MEETING.indexOf("SUMMARY:Later"));
        String other = "BEGIN:VEVENT\nUID:o\nDTSTART:20260301\nEND:VEVENT\n";
        Reading reading = CalendarObject.parse("BEGIN:VCALENDAR\n" + other + cut.substring(cut.indexOf("BEGIN:VEVENT")))
                .read();
        assertThat(reading.parts()).extracting(Mapped.Part::key).containsExactly("o");
        assertThat(reading.problems())
                .containsExactly(
                        new Mapped.Problem("m", "it breaks off before its end (END:VEVENT)"),
                        new Mapped.Problem("", "the object breaks off before its end (END:VCALENDAR)"));
    }

    @Test
    void aJournalIsNoProblemAndNoItem() throws Exception {
        assertThat(CalendarObject.parse("BEGIN:VCALENDAR\nBEGIN:VJOURNAL\nEND:VJOURNAL\nEND:VCALENDAR\n")
                        .read())
                .isEqualTo(new Reading(List.of(), List.of()));
    }

    @Test
    void takingOutTheLastPartLeavesNothing() throws Exception {
        assertThat(CalendarObject.parse(MEETING).without("m")).isEmpty();
        String two = MEETING.replace("END:VCALENDAR", "BEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR");
        assertThat(CalendarObject.parse(two).without("m"))
                .hasValue("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n", "<html></html>", "BEGIN", "END:VCALENDAR", "\uFEFF"})
    void whatIsNoCalendarIsUnreadable(String text) {
        assertThatThrownBy(() -> CalendarObject.parse(text)).isInstanceOf(UnreadableObject.class);
    }

    @Test
    void aPartThatIsNotThereCannotBePatched() {
        assertThatThrownBy(() -> CalendarObject.parse(MEETING).patch("x", view(MEETING), view(MEETING), STAMP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the object has no part \"x\"");
    }
}
