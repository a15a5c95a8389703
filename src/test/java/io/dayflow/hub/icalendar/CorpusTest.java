package io.dayflow.hub.icalendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.SharedData;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Mapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the files of real writers are to mean: each part by key, title and start, each problem by its reason. */
class CorpusTest {

    private static final Stamp STAMP = new Stamp(Instant.parse("2026-11-01T00:00:00Z"), false);

    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            entry("01", "79fs7pkqvht9m5igs0vjv1sfra@google.com | event with alarms | 2024-10-04T18:15:00Z"),
            entry("02", "BFE33ADD-5553-48B5-B5A5-F9DA5CA4C393 | Daily Sync | 2016-10-28T14:00:00+02:00[Europe/Zurich]"),
            entry(
                    "03",
                    "2014_BIRTHDAY_79d389868f96182e@google.com | PErson #2's birthday | 2014-12-10",
                    "BIRTHDAY_79d389868f96182e@google.com/20121210 | PErson #2's birthday | 2012-12-10",
                    "BIRTHDAY_79d389868f96182e@google.com/20131210 | PErson #2's birthday | 2013-12-10",
                    "BIRTHDAY_79d389868f96182e@google.com/20141210 | PErson #2's birthday | 2014-12-10"),
            entry("04", "t21ocubdt9jagerldbkak7uhcg@google.com |  | 2015-08-26T09:00:00Z"),
            entry(
                    "05",
                    "minimal-demo-event-est-20241028@example.com | Anonymous Test Event for TZID"
                            + " | 2024-10-28T17:00:00-04:00[America/New_York]"),
            entry(
                    "06",
                    "040000009200E00074C5B7101A82E00800000000C0383BE68041CE0100000000000000001000000070D00A2F625AC34BB6542DE0D19E67E1"
                            + " | Team Meeting | 2013-06-10T12:00:00-04:00[America/New_York]"),
            entry(
                    "07",
                    "0a1f4b32-279a-11e8-adab-e67eecc63901 | Meeting in Berlin |"
                            + " 2018-07-22T12:00:00+02:00[Europe/Berlin]"),
            entry("08", "-0 | Sprint 25 Daily Standup | 2015-07-03T10:00:00+02:00[Europe/Berlin]"),
            entry(
                    "09",
                    "af64eb20-7d10-4482-8b22-921f7656390a | Antrag auf ID Austria"
                            + " | 2026-05-22T10:30:00+02:00[Europe/Vienna]"),
            entry(
                    "10",
                    "DDC5B090-1B46-4C1D-8A3C-D305516A0B90 | Repeating Event"
                            + " | 2006-01-01T12:00:00+10:00[Australia/Brisbane]"),
            entry("11", "72a66940-3694-48a8-b332-0de9fb73016d | Yep | 2016-09-28T16:00:00+02:00[Europe/Vienna]"),
            entry("12", "f6f3db8e-1d6b-4fbf-9a31-23a0ccfc9e13 | main | 2019-02-12T10:00:00+01:00[Europe/Berlin]"),
            entry("13", "3edfa67a-9e92-4ed7-b0cf-c07ad63ab8f8 | Foo | 2016-09-28T13:00:00-04:00[America/New_York]"),
            entry("14", "2e531c37-0862-491b-ae16-111de073740c | Yep | 2016-09-28T16:00:00+02:00[Europe/Vienna]"),
            entry("15", "floating1234567890 | An Event | 2014-04-09T09:30:00"),
            entry(
                    "16",
                    "abe304dc-f7b1-4f2b-997d-5c8bcfaa7e0b/20140714T053000 | Arbeit | 2014-06-30T07:30:00",
                    "abe304dc-f7b1-4f2b-997d-5c8bcfaa7e0b/20140707T053000 | Arbeit | 2014-07-07T08:30:00"),
            entry(
                    "17",
                    "PERSOYPOYGVR55JMICVAFVDWWBIKPC9PTAG6SN4B2YT | Event with Windows TZ name"
                            + " | 2019-11-20T13:00:00+13:00[Pacific/Auckland]"),
            entry("18", "V042MJ8B3SJNFXQOJL6P53OFMHJE8Z3VZWOU | Another Event | 2014-04-09"),
            entry(
                    "21",
                    "libical-evolution@issue-313 | libical / Evolution globally unique TZID"
                            + " | 2020-04-26T14:00:00+02:00[Europe/Berlin]",
                    "mozilla-lightning@issue-313 | Mozilla Lightning globally unique TZID"
                            + " | 2020-04-26T14:00:00-04:00[America/New_York]",
                    "multipart-olson@issue-313 | vendor prefix in front of a multi-part Olson name"
                            + " | 2020-04-26T14:00:00-03:00[America/Argentina/Buenos_Aires]"),
            entry("22", "problem -0: it has no start (DTSTART)"),
            entry("23", "problem : the object holds no event and no task"),
            entry("24", "problem test-123: its start (DTSTART) \"INVALID-DATE\" is no date and no time"),
            entry("25", "KOrganizer-1441301191.241 | Ted's Birthday | 2005-01-16"),
            entry("26", "20080125T113004Z_A6600010@university.edu | LT Team Meeting | 2008-12-17T07:30:00Z"),
            entry("27", "problem guid-1.host1.com: it has no start (DTSTART)"));

    private static Map.Entry<String, List<String>> entry(String number, String... lines) {
        return Map.entry(number, List.of(lines));
    }

    @Test
    void everyFileMeansWhatItShould() throws Exception {
        Map<String, List<String>> found = new TreeMap<>();
        for (var file : SharedData.calendarObjects().entrySet()) {
            Reading reading = CalendarObject.parse(file.getValue()).read();
            Stream<String> parts = reading.parts().stream().map(CorpusTest::line);
            Stream<String> problems = reading.problems().stream().map(p -> "problem " + p.key() + ": " + p.reason());
            found.put(
                    file.getKey().substring(0, 2),
                    Stream.concat(parts, problems).toList());
        }
        assertThat(found).isEqualTo(new TreeMap<>(EXPECTED));
    }

    private static String line(Mapped.Part part) {
        String title = part.view().text("title");
        return part.key() + " | " + (title == null ? "" : title) + " | "
                + part.view().text("start");
    }

    @TestFactory
    Stream<DynamicTest> everyFileIsKeptByteForByte() {
        return SharedData.calendarObjects().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> assertThat(Document.parse(file.getValue()).text()).isEqualTo(file.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> aViewPatchedBackUnchangedLeavesEveryFileAsItIs() {
        return SharedData.calendarObjects().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    CalendarObject object = CalendarObject.parse(file.getValue());
                    for (Mapped.Part part : object.read().parts()) {
                        assertThat(object.patch(part.key(), part.view(), part.view(), STAMP))
                                .isEqualTo(file.getValue());
                    }
                }));
    }

    private static View view(String number) throws Exception {
        String file = SharedData.calendarObjects().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(number))
                .findFirst()
                .orElseThrow()
                .getValue();
        return CalendarObject.parse(file).read().parts().getFirst().view();
    }

    @Test
    void alarmsThatAreNoneOrSnoozedAreNoReminders() throws Exception {
        assertThat(view("11").get("reminders"))
                .hasToString("[{\"trigger\":\"-PT5M\",\"action\":\"email\"},{\"trigger\":\"2016-09-28T13:55:00Z\"},"
                        + "{\"trigger\":\"PT10M\"}]");
        assertThat(view("01").get("reminders")).hasSize(4);
    }

    @Test
    void anOverrideInUtcIsToldInTheZoneOfItsSeries() throws Exception {
        assertThat(view("12").get("overrides").fieldNames())
                .toIterable()
                .containsExactly("2019-02-19T10:00:00+01:00[Europe/Berlin]");
        assertThat(view("12")
                        .get("overrides")
                        .get("2019-02-19T10:00:00+01:00[Europe/Berlin]")
                        .get("title")
                        .asText())
                .isEqualTo("override");
    }

    @Test
    void endsComeFromDurationsAndDefaultsToo() throws Exception {
        assertThat(view("10").text("end")).isEqualTo("2006-01-01T13:00:00+10:00[Australia/Brisbane]");
        assertThat(view("16").text("end")).isEqualTo("2014-06-30T12:00:00");
        assertThat(view("18").text("end")).isEqualTo("2014-04-10");
    }

    @Test
    void excludedAndBrokenDatesAreToldApart() throws Exception {
        assertThat(view("10").get("exdates"))
                .hasToString("[\"2006-01-03T12:00:00+10:00[Australia/Brisbane]\","
                        + "\"2006-01-04T12:00:00+10:00[Australia/Brisbane]\"]");
        assertThat(view("03").get("rdates")).isNull();
    }

    @Test
    void peopleAreReadAsFarAsTheyHaveAnAddress() throws Exception {
        assertThat(view("04").get("attendees"))
                .hasToString("[{\"email\":\"roberts@company.com\",\"name\":\"Bruce Roberts\",\"role\":\"required\","
                        + "\"response\":\"needs_action\"},{\"email\":\"sam@company.com\",\"name\":\"Sam Peter\","
                        + "\"role\":\"required\",\"response\":\"needs_action\"}]");
        assertThat(view("26").get("attendees")).isNull();
        assertThat(view("26").get("organizer"))
                .hasToString("{\"email\":\"jane.doe@university.edu\",\"name\":\"Jane Doe\"}");
        assertThat(view("06").get("organizer").get("name").asText()).isEqualTo("Smith, Bob");
    }

    @Test
    void textsAndAddressesAreUnescaped() throws Exception {
        assertThat(view("09").text("location")).isEqualTo("Hauptstraße 1-5; 4041 Linz");
        assertThat(view("02").text("location")).isEqualTo("Roadstar 16\n12764 Happyville\nDenmark");
        assertThat(view("14").text("meetingUrl")).isEqualTo("https://example.com");
        assertThat(view("08").text("recurrence"))
                .isEqualTo("FREQ=DAILY;UNTIL=20150722T080000Z;INTERVAL=1;BYDAY=MO, TU, WE, TH, FR;WKST=SU");
    }
}
