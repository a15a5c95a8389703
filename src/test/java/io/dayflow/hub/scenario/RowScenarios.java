package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows come and go; objects follow. */
abstract class RowScenarios extends Scenario {

    private static final Instant NINE = Instant.parse("2026-06-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-06-01T10:00:00Z");

    @Test
    void aNewRowBecomesAnObjectAndGoesWithTheRow() {
        Account ann = account().connected(TWO_WAY);

        UUID row = ann.dayflow.createEvent(ann.user, "Interview", NINE, TEN);

        ann.eventually(() -> assertThat(ann.texts()).hasSize(1));
        String text = ann.texts().getFirst();
        assertThat(Texts.lines(text)).contains("SUMMARY:Interview", "VERSION:2.0", "BEGIN:VEVENT");
        assertThat(Texts.value(text, "UID")).isNotBlank();
        assertThat(Texts.value(text, "DTSTAMP")).isNotBlank();
        ann.silent();
        assertThat(ann.dayflow.count("calendar_events", ann.user)).isOne();

        ann.dayflow.delete("calendar_events", row);

        ann.eventually(() -> assertThat(ann.texts()).isEmpty());
        ann.silent();
        assertThat(ann.events()).isEmpty();
    }

    @Test
    void aRowThatIsDeletedSoonAfterItWasMadeLeavesNothing() {
        Account ann = account().connected(TWO_WAY);

        for (int i = 0; i < 5; i++) {
            ann.dayflow.delete("calendar_events", ann.dayflow.createEvent(ann.user, "Passing " + i, NINE, TEN));
        }
        ann.dayflow.createEvent(ann.user, "Staying", NINE, TEN);

        ann.eventually(() -> assertThat(ann.texts()).singleElement().asString().contains("SUMMARY:Staying"));
        ann.silent();
        assertThat(ann.texts()).hasSize(1);
        assertThat(ann.events()).hasSize(1);
    }

    @Test
    void aNewRowTakesTagsRecurrenceReminderAndAttendeesAlong() {
        Account ann = account().connected(TWO_WAY);
        UUID category = ann.dayflow.insert("categories", Map.of("name", "Sport", "user_id", ann.user));
        UUID tag = ann.dayflow.insert("tags", Map.of("name", "Fun", "user_id", ann.user));

        UUID row = ann.dayflow.insert(
                "calendar_events",
                Map.of(
                        "user_id",
                        ann.user,
                        "title",
                        "Run",
                        "start_time",
                        NINE,
                        "end_time",
                        TEN,
                        "category_id",
                        category,
                        "recurrence",
                        "{\"type\": \"weekly\", \"interval\": 2, \"daysOfWeek\": [1, 3]}",
                        "reminder",
                        "{\"enabled\": true, \"minutesBefore\": 30}",
                        "attendees",
                        "[{\"email\": \"joe@example.org\", \"name\": \"Joe\", \"status\": \"pending\"}]"));
        ann.dayflow.execute("insert into public.event_tags (event_id, tag_id) values (?, ?)", row, tag);

        ann.eventually(() -> assertThat(ann.texts()).singleElement().asString().contains("CATEGORIES:Fun"));
        String text = ann.texts().getFirst();
        assertThat(Texts.lines(text))
                .anySatisfy(
                        line -> assertThat(line).startsWith("RRULE:FREQ=WEEKLY").contains("INTERVAL=2", "BYDAY=MO,WE"));
        assertThat(Texts.lines(text))
                .contains("BEGIN:VALARM", "BEGIN:VTIMEZONE")
                .anySatisfy(line -> assertThat(line).startsWith("DTSTART;TZID=Europe/Berlin:20260601T110000"));
        assertThat(text.replaceAll("\r\n ", "")).contains("mailto:joe@example.org");
        assertThat(ReadingScenarios.category(ann, ann.event("Run"))).isEqualTo("Sport");
        ann.silent();
    }

    @Test
    void aNewAllDayRowIsOnTheUsersDays() {
        Account ann = account("America/Los_Angeles").connected(TWO_WAY);

        ann.dayflow.insert(
                "calendar_events",
                Map.of(
                        "user_id",
                        ann.user,
                        "title",
                        "Off",
                        "is_all_day",
                        true,
                        "start_time",
                        Instant.parse("2026-11-01T07:00:00Z"),
                        "end_time",
                        Instant.parse("2026-11-02T08:00:00Z")));

        ann.eventually(() -> assertThat(ann.texts()).hasSize(1));
        assertThat(Texts.lines(ann.texts().getFirst()))
                .contains("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261102");
        ann.silent();
    }

    @Test
    void aNewTaskBecomesATodo() {
        Account ann = account("America/Los_Angeles").connected(TWO_WAY);

        ann.dayflow.insert(
                "tasks",
                Map.of(
                        "user_id",
                        ann.user,
                        "title",
                        "Taxes",
                        "description",
                        "All of them",
                        "priority",
                        "high",
                        "due_date",
                        Instant.parse("2026-04-15T07:00:00Z")));

        ann.eventually(() -> assertThat(ann.texts()).hasSize(1));
        assertThat(Texts.lines(ann.texts().getFirst()))
                .contains("BEGIN:VTODO", "SUMMARY:Taxes", "DESCRIPTION:All of them")
                .anySatisfy(line -> assertThat(line).startsWith("DUE"))
                .anySatisfy(line -> assertThat(line).startsWith("PRIORITY:"));
        ann.silent();
    }

    @Test
    void newRowsStayAtHomeUnlessTheUserWantsThemOut() {
        Account ann = account().connected(Map.of("exportNew", "none"));

        UUID row = ann.dayflow.createEvent(ann.user, "Private", NINE, TEN);
        ann.sync();
        ann.sync();

        assertThat(ann.texts()).isEmpty();
        assertThat(ann.dayflow.row("calendar_events", row)).isNotNull();
    }
}
