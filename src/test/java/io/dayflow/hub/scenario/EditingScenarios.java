package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A row is edited by plain SQL; the stored object changes in that and nothing else. */
abstract class EditingScenarios extends Scenario {

    @Test
    void anEditedRowIsOnTheServerWithinTwoSecondsAndNothingElseOfTheObjectChanged() {
        Account ann = account();
        ann.put("rich", Texts.rich("rich"));
        ann.put("warm", Texts.event("warm", "Warming up"));
        ann.connected(TWO_WAY);
        ann.update(ann.id(ann.event("Warming up")), Map.of("title", "Warm"));
        ann.eventually("warm", text -> assertThat(text).contains("SUMMARY:Warm\r\n"));
        String before = ann.text("rich");

        long committed =
                ann.dayflow.updateMeasured("calendar_events", ann.id(ann.event("Planung")), "title", "Planung neu");
        ann.eventually("rich", text -> assertThat(text).contains("Planung neu"));
        Duration took = Duration.ofNanos(System.nanoTime() - committed);

        String after = ann.text("rich");
        assertThat(Texts.changed(before, after)).containsExactly("SUMMARY");
        assertThat(Texts.lines(after)).contains("SUMMARY;LANGUAGE=de:Planung neu");
        assertThat(Integer.parseInt(Texts.value(after, "SEQUENCE"))).isGreaterThanOrEqualTo(2);
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        ann.silent();
    }

    @Test
    void descriptionAndLocationAreEditedAndRemoved() {
        Account ann = rich(Texts.rich("rich"));
        String before = ann.text("rich");

        edit(ann, Map.of("description", "Neu; mit, Zeichen\nund Zeile \\ ende", "location", "Saal"));

        ann.eventually(
                "rich", text -> assertThat(Texts.changed(before, text)).containsExactly("DESCRIPTION", "LOCATION"));
        assertThat(Texts.lines(ann.text("rich")))
                .contains("DESCRIPTION:Neu\\; mit\\, Zeichen\\nund Zeile \\\\ ende", "LOCATION:Saal");
        ann.dayflow.execute("update public.calendar_events set location = null where user_id = ?", ann.user);
        ann.eventually("rich", text -> assertThat(Texts.value(text, "LOCATION")).isEmpty());
        ann.silent();
    }

    @Test
    void aMovedEventKeepsItsZone() {
        Account ann = rich(Texts.rich("rich"));
        String before = ann.text("rich");

        edit(
                ann,
                Map.of(
                        "start_time",
                        Instant.parse("2026-04-02T12:00:00Z"),
                        "end_time",
                        Instant.parse("2026-04-02T13:00:00Z")));

        ann.eventually("rich", text -> assertThat(Texts.changed(before, text)).containsExactly("DTEND", "DTSTART"));
        assertThat(Texts.lines(ann.text("rich")))
                .contains(
                        "DTSTART;TZID=Europe/Berlin:20260402T140000",
                        "DTEND;TZID=Europe/Berlin:20260402T150000",
                        "SEQUENCE:3");
        ann.silent();
    }

    @Test
    void aMovedSeriesKeepsItsZoneAndTakesItsExceptionsAlong() {
        Account ann = rich(Texts.richSeries("rich"));
        String before = ann.text("rich");

        edit(
                ann,
                Map.of(
                        "start_time",
                        Instant.parse("2026-03-10T09:00:00Z"),
                        "end_time",
                        Instant.parse("2026-03-10T10:30:00Z")));

        ann.eventually("rich", text -> assertThat(text).contains("DTSTART;TZID=Europe/Berlin:20260310T100000"));
        String after = ann.text("rich");
        assertThat(Texts.changed(before, after)).containsExactly("DTEND", "DTSTART", "EXDATE", "RECURRENCE-ID");
        assertThat(Texts.lines(after))
                .contains(
                        "EXDATE;TZID=Europe/Berlin:20260324T100000",
                        "RECURRENCE-ID;TZID=Europe/Berlin:20260317T100000",
                        "DTSTART;TZID=Europe/Berlin:20260317T140000",
                        "X-OCCURRENCE-MARK:yes");
        ann.silent();
    }

    @Test
    void anAddedAttendeeJoinsTheOthers() {
        Account ann = account();
        ann.put(
                "meeting",
                Texts.event(
                        "meeting",
                        "Meeting",
                        "ORGANIZER;CN=Boss:mailto:boss@example.org",
                        "ATTENDEE;CN=Eve;ROLE=CHAIR;PARTSTAT=ACCEPTED;X-NUM-GUESTS=2:mailto:eve@example.org"));
        ann.connected(TWO_WAY);
        String before = ann.text("meeting");
        Map<String, Object> row = ann.event("Meeting");
        assertThat((String) row.get("attendees")).contains("eve@example.org", "accepted");

        ann.update(ann.id(row), Map.of("attendees", """
                [{"email": "eve@example.org", "name": "Eve", "status": "accepted"},
                 {"email": "joe@example.org", "name": "Joe", "status": "pending"}]"""));

        ann.eventually("meeting", text -> assertThat(text).contains("joe@example.org"));
        String after = ann.text("meeting");
        assertThat(Texts.changed(before, after))
                .isSubsetOf("ATTENDEE", "ORGANIZER")
                .contains("ATTENDEE");
        assertThat(Texts.lines(after))
                .filteredOn(line -> Texts.name(line).matches("ATTENDEE|ORGANIZER"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .contains("eve@example.org", "CN=Eve", "ROLE=CHAIR", "PARTSTAT=ACCEPTED", "X-NUM-GUESTS=2"));
        ann.silent();
    }

    @Test
    void aChangedReminderMovesOneAlarmAndKeepsWhatElseIsInIt() {
        Account ann = rich(Texts.rich("rich"));
        String before = ann.text("rich");

        edit(ann, Map.of("reminder", "{\"enabled\": true, \"minutesBefore\": 45}"));

        ann.eventually("rich", text -> assertThat(Texts.changed(before, text)).containsExactly("TRIGGER"));
        assertThat(Texts.lines(ann.text("rich")))
                .contains("TRIGGER;RELATED=START:-PT45M", "X-WR-ALARMUID:0815", "TRIGGER:-P1D", "X-SOUND:Basso");
        ann.silent();
    }

    @Test
    void aTagPutOnARowBecomesACategoryAndOneTakenOffGoes() {
        Account ann = rich(Texts.rich("rich"));
        String before = ann.text("rich");
        UUID tag = ann.dayflow.insert("tags", Map.of("name", "New tag", "user_id", ann.user));
        UUID event = ann.id(ann.event("Planung"));

        ann.dayflow.execute("insert into public.event_tags (event_id, tag_id) values (?, ?)", event, tag);
        ann.eventually("rich", text -> assertThat(Texts.changed(before, text)).containsExactly("CATEGORIES"));
        assertThat(Texts.value(ann.text("rich"), "CATEGORIES").split("(?<!\\\\),"))
                .containsExactlyInAnyOrder("Deep", "Work", "New tag");
        ann.dayflow.execute(
                "delete from public.event_tags where tag_id in (select id from public.tags where user_id = ? and name = 'Deep')",
                ann.user);
        ann.eventually(
                "rich",
                text -> assertThat(Texts.value(text, "CATEGORIES").split("(?<!\\\\),"))
                        .containsExactlyInAnyOrder("Work", "New tag"));
        ann.silent();
    }

    @Test
    void anAllDayEventMovedInTheUsersZoneStaysOnWholeDays() {
        Account ann = account("America/Los_Angeles");
        ann.put("day", Texts.allDay("day", "Trip", "20260307", "20260310"));
        ann.connected(TWO_WAY);
        String before = ann.text("day");

        ann.update(
                ann.id(ann.event("Trip")),
                Map.of(
                        "start_time",
                        Instant.parse("2026-03-14T07:00:00Z"),
                        "end_time",
                        Instant.parse("2026-03-16T07:00:00Z")));

        ann.eventually("day", text -> assertThat(Texts.changed(before, text)).containsExactly("DTEND", "DTSTART"));
        assertThat(Texts.lines(ann.text("day"))).contains("DTSTART;VALUE=DATE:20260314", "DTEND;VALUE=DATE:20260316");
        ann.silent();
    }

    @Test
    void aCompletedTaskIsCompletedOnTheServer() {
        Account ann = account();
        ann.put(
                "todo",
                Texts.task("todo", "Buy milk", "DUE;VALUE=DATE:20260310", "STATUS:NEEDS-ACTION", "X-LIST-ORDER:7"));
        ann.connected(TWO_WAY);
        String before = ann.text("todo");

        ann.dayflow.update(
                "tasks",
                ann.id(ann.task("Buy milk")),
                Map.of("status", "completed", "completed_at", Instant.parse("2026-03-09T10:20:30Z"), "progress", 100));

        ann.eventually("todo", text -> assertThat(text).contains("STATUS:COMPLETED"));
        assertThat(Texts.changed(before, ann.text("todo"))).containsExactly("COMPLETED", "PERCENT-COMPLETE", "STATUS");
        assertThat(Texts.lines(ann.text("todo"))).contains("COMPLETED:20260309T102030Z", "PERCENT-COMPLETE:100");
        ann.silent();
    }

    private Account rich(String text) {
        Account ann = account();
        ann.put("rich", text);
        return ann.connected(TWO_WAY);
    }

    private static void edit(Account ann, Map<String, ?> columns) {
        ann.update(ann.id(ann.event("Planung")), columns);
    }
}
