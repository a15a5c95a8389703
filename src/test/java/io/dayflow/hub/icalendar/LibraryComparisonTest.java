package io.dayflow.hub.icalendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.SharedData;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import io.dayflow.hub.provider.Mapped;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The figures of docs/decisions/0001-icalendar.md: who reads the files of real writers, and who gives them back. */
class LibraryComparisonTest {

    private record Figures(int files, int events, int unchanged) {}

    private static final Map<String, String> FILES = SharedData.calendarObjects();

    @Test
    void ourOwnLinesReadAllFilesFindAllEventsAndKeepEveryByte() throws Exception {
        int events = 0;
        int unchanged = 0;
        for (String text : FILES.values()) {
            CalendarObject object = CalendarObject.parse(text);
            events += Part.of(Document.parse(text)).stream()
                    .mapToInt(part -> part.components().size())
                    .sum();
            unchanged +=
                    object.text().equals(text) && Document.parse(text).text().equals(text) ? 1 : 0;
        }
        assertThat(new Figures(FILES.size(), events, unchanged)).isEqualTo(new Figures(25, 31, 25));
    }

    @Test
    void biweeklyReadsMostAndRewritesAlmostAll() {
        int files = 0;
        int events = 0;
        int unchanged = 0;
        for (String text : FILES.values()) {
            ICalendar calendar = Biweekly.parse(text).first();
            if (calendar != null) {
                files++;
                events += calendar.getEvents().size();
                unchanged += Biweekly.write(calendar).go().equals(text) ? 1 : 0;
            }
        }
        assertThat(new Figures(files, events, unchanged)).isEqualTo(new Figures(22, 29, 1));
    }

    /** Where it does not agree, and why ours is right. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "04",
                    "it takes the wall clock of a zone without a name as the machine's, though the object describes"
                            + " the zone",
            "13", "it knows no Windows names and takes the wall clock as the machine's",
            "17", "the name says Auckland, which had summer time; the contradicting rules give another offset",
            "21", "it takes the wall clock of a vendor's zone name as the machine's");

    @Test
    void anIndependentReaderAgreesOnIdentityTitleAndStart() throws Exception {
        Map<String, List<String>> theirs = new TreeMap<>();
        Map<String, List<String>> ours = new TreeMap<>();
        for (var file : FILES.entrySet()) {
            String number = file.getKey().substring(0, 2);
            ICalendar calendar = Biweekly.parse(file.getValue()).first();
            if (calendar != null && !EXCEPTIONS.containsKey(number)) {
                theirs.put(number, theirs(calendar));
                ours.put(number, ours(file.getValue()));
            }
        }
        assertThat(ours).isEqualTo(theirs);
        assertThat(theirs).hasSize(18);
    }

    private static List<String> theirs(ICalendar calendar) {
        return calendar.getEvents().stream()
                .filter(event -> event.getDateStart() != null)
                .map(event -> (event.getUid() == null ? null : event.getUid().getValue())
                        + " | "
                        + (event.getSummary() == null
                                ? null
                                : event.getSummary().getValue())
                        + " | " + event.getDateStart().getValue().toInstant())
                .sorted()
                .toList();
    }

    /** Days and floating times as it tells them: in the zone of the machine. */
    private static List<String> ours(String text) throws UnreadableObject {
        List<String> lines = new ArrayList<>();
        for (Mapped.Part part : CalendarObject.parse(text).read().parts()) {
            View view = part.view();
            String uid = view.text("uid");
            String series = uid == null ? null : uid.replaceFirst("/.*", "");
            lines.add(line(series, view.text("title"), view.text("start")));
            JsonNode overrides = view.get("overrides");
            if (overrides != null) {
                overrides.forEach(each -> lines.add(line(
                        series,
                        each.path("title").textValue(),
                        each.path("start").textValue())));
            }
        }
        return lines.stream().sorted().toList();
    }

    private static String line(@Nullable String uid, @Nullable String title, String start) {
        return uid + " | " + title + " | " + When.parse(start).instantIn(ZoneId.systemDefault());
    }
}
