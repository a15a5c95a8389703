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
        assertThat(found).isEqualTo(CorpusMeaning.lines());
    }

    private static String line(Mapped.Part part) {
        String title = part.view().text("title");
        return part.key() + " | " + (title == null ? "" : title) + " | "
                + part.view().text("start") + " | " + part.view().text("end");
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
