package io.dayflow.hub.icalendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Mapped;
import org.junit.jupiter.api.Test;

/** Oddities of real writers, one by one. */
class ToleranceTest {

    private static Reading read(String... lines) throws UnreadableObject {
        return CalendarObject.parse(String.join("\r\n", lines) + "\r\n").read();
    }

    private static View event(String... lines) throws UnreadableObject {
        Reading reading = read("BEGIN:VEVENT\r\nUID:e\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT");
        assertThat(reading.problems()).isEmpty();
        return reading.parts().getFirst().view();
    }

    @Test
    void namesAreReadInAnyCaseAndWithGroups() throws Exception {
        View view = event("dtstart;value=date:20260301", "item1.Summary:grouped", "status:confirmed");
        assertThat(view.text("start")).isEqualTo("2026-03-01");
        assertThat(view.text("title")).isEqualTo("grouped");
        assertThat(view.text("status")).isEqualTo("confirmed");
    }

    @Test
    void brokenBookkeepingIsNobodysProblem() throws Exception {
        View view = event(
                "DTSTART:20260301T080000Z",
                "CREATED:00001231T000000Z",
                "DTSTAMP:20260101T000000Z",
                "DTSTAMP:20260102T000000Z",
                "LAST-MODIFIED:yesterday",
                "SEQUENCE:many",
                "ATTENDEE:",
                "ATTENDEE;CN=\"open:mailto:x@example.org",
                "no property at all",
                "RDATE:;;;",
                "TRANSP:PERHAPS");
        assertThat(view.fields().keySet()).contains("start").doesNotContain("rdates", "transparency");
    }

    @Test
    void bothEndAndDurationMeanTheEnd() throws Exception {
        assertThat(event("DTSTART:20260301T080000Z", "DURATION:PT3H", "DTEND:20260301T090000Z")
                        .text("end"))
                .isEqualTo("2026-03-01T09:00:00Z");
        assertThat(event("DTSTART:20260301T080000Z", "DURATION:PT3H", "DTEND:later")
                        .text("end"))
                .isEqualTo("2026-03-01T11:00:00Z");
    }

    @Test
    void anEndBeforeTheStartOrOfAnotherTypeIsNone() throws Exception {
        assertThat(event("DTSTART:20260301T080000Z", "DTEND:20260301T070000Z").text("end"))
                .isEqualTo("2026-03-01T08:00:00Z");
        assertThat(event("DTSTART;VALUE=DATE:20260301", "DTEND:20260302T070000Z")
                        .text("end"))
                .isEqualTo("2026-03-02");
    }

    @Test
    void durationsOfDaysFollowTheCalendarAndThoseOfHoursTheClock() throws Exception {
        String start = "DTSTART;TZID=Europe/Berlin:20260328T120000";
        assertThat(event(start, "DURATION:P1D").text("end")).isEqualTo("2026-03-29T12:00:00+02:00[Europe/Berlin]");
        assertThat(event(start, "DURATION:PT24H").text("end")).isEqualTo("2026-03-29T13:00:00+02:00[Europe/Berlin]");
    }

    @Test
    void anAddressMayStandInTheEmailParameter() throws Exception {
        View view = event("DTSTART:20260301T080000Z", "ATTENDEE;EMAIL=Ann@Example.org;CN=A^'n^'n:urn:uuid:1");
        assertThat(view.get("attendees"))
                .hasToString(
                        "[{\"email\":\"ann@example.org\",\"name\":\"A\\\"n\\\"n\",\"response\":\"needs_action\"}]");
    }

    @Test
    void aPeriodCountsFromItsStart() throws Exception {
        assertThat(event(
                                "DTSTART:20260301T080000Z",
                                "RDATE;VALUE=PERIOD:20260302T080000Z/PT1H,20260303T080000Z/20260303T090000Z")
                        .get("rdates"))
                .hasToString("[\"2026-03-02T08:00:00Z\",\"2026-03-03T08:00:00Z\"]");
    }

    @Test
    void anUnknownClassIsPrivate() throws Exception {
        assertThat(event("DTSTART:20260301", "CLASS:X-SECRET").text("visibility"))
                .isEqualTo("private");
    }

    @Test
    void anOverrideMayComeFirstAndWithoutTimes() throws Exception {
        Reading reading = read(
                "BEGIN:VCALENDAR",
                "BEGIN:VEVENT\r\nUID:e\r\nRECURRENCE-ID;VALUE=DATE:20260308\r\nSTATUS:CANCELLED\r\nEND:VEVENT",
                "BEGIN:VEVENT\r\n"
                        + "UID:e\r\n"
                        + "DTSTART:20260301T080000Z\r\n"
                        + "DTEND:20260301T090000Z\r\n"
                        + "RRULE:FREQ=WEEKLY\r\n"
                        + "END:VEVENT",
                "END:VCALENDAR");
        assertThat(reading.parts()).hasSize(1);
        assertThat(reading.parts().getFirst().view().get("overrides"))
                .hasToString("{\"2026-03-08T08:00:00Z\":{\"start\":\"2026-03-08T08:00:00Z\","
                        + "\"end\":\"2026-03-08T09:00:00Z\",\"status\":\"cancelled\"}}");
    }

    @Test
    void anOverrideThatCannotBeReadIsNotTakenAsUndone() throws Exception {
        Reading reading = read(
                "BEGIN:VEVENT\r\nUID:e\r\nDTSTART:20260301T080000Z\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT",
                "BEGIN:VEVENT\r\nUID:e\r\nDTSTART:20260301T080000Z\r\nRECURRENCE-ID:someday\r\nEND:VEVENT");
        assertThat(reading.parts()).isEmpty();
        assertThat(reading.problems()).extracting(Mapped.Problem::key).containsExactly("e");
    }

    @Test
    void aMissingEndCostsOnlyThePartItEnds() throws Exception {
        Reading reading = read(
                "BEGIN:VCALENDAR",
                "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260301",
                "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20260302\r\nEND:VEVENT",
                "END:VCALENDAR");
        assertThat(reading.parts()).extracting(Mapped.Part::key).containsExactly("b");
        assertThat(reading.problems())
                .containsExactly(new Mapped.Problem("a", "it breaks off before its end (END:VEVENT)"));
    }

    @Test
    void aTaskNeedsNothingButToBeOne() throws Exception {
        Reading reading = read("BEGIN:VTODO\r\nUID:t\r\nPRIORITY:0\r\nPERCENT-COMPLETE:101\r\nEND:VTODO");
        assertThat(reading.parts().getFirst().view().fields().keySet()).containsExactlyInAnyOrder("status", "uid");
    }
}
