package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A series is edited in DayFlow, which knows nothing of its exceptions. */
abstract class SeriesScenarios extends Scenario {

    @Test
    void aChangedOccurrenceAndAnExceptionSurviveANewTitle() {
        Account ann = account();
        ann.put("s", Texts.richSeries("s"));
        ann.connected(TWO_WAY);
        String before = ann.text("s");

        ann.update(ann.id(ann.event("Planung")), Map.of("title", "Anders"));

        ann.eventually("s", text -> assertThat(Texts.changed(before, text)).containsExactly("SUMMARY"));
        assertThat(Texts.lines(ann.text("s"))).contains("SUMMARY;LANGUAGE=de:Anders", "SUMMARY:Planung (verlegt)");
        ann.silent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExceptionAndAChangedOccurrenceAddedOnTheServerSurviveAnEditMadeHereMeanwhile(boolean bySync) {
        Account ann = account();
        ann.put("s", Texts.richSeries("s"));
        ann.connected(Map.of("conflictResolution", "manual", "syncDirection", bySync ? "manual" : "two_way"));
        ann.edit(
                "s",
                text -> Texts.with(text, "EXDATE", "EXDATE;TZID=Europe/Berlin:20260324T090000,20260331T090000")
                        .replace("END:VCALENDAR", """
                        BEGIN:VEVENT
                        UID:s
                        RECURRENCE-ID;TZID=Europe/Berlin:20260407T090000
                        DTSTAMP:20260101T120000Z
                        SUMMARY:Anderswo
                        DTSTART;TZID=Europe/Berlin:20260407T110000
                        DTEND;TZID=Europe/Berlin:20260407T120000
                        END:VEVENT
                        END:VCALENDAR""".replace("\n", "\r\n")));
        String edited = ann.text("s");

        ann.update(ann.id(ann.event("Planung")), Map.of("title", "Neu", "location", "Saal"));
        if (bySync) {
            ann.sync();
        }

        ann.eventually("s", text -> assertThat(Texts.changed(edited, text)).containsExactly("LOCATION", "SUMMARY"));
        assertThat(Texts.lines(ann.text("s")))
                .contains(
                        "SUMMARY:Anderswo",
                        "SUMMARY:Planung (verlegt)",
                        "SUMMARY;LANGUAGE=de:Neu",
                        "X-OCCURRENCE-MARK:yes");
        assertThat(ann.hub.conflicts("open")).isEmpty();
        ann.silent();
    }

    @Test
    void aRuleThatDayflowCannotSaySurvivesEditsOfOtherFields() {
        Account ann = account();
        ann.put("s", Texts.event("s", "Payday", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=24"));
        ann.connected(TWO_WAY);
        String before = ann.text("s");

        ann.update(ann.id(ann.event("Payday")), Map.of("description", "Hooray"));

        ann.eventually("s", text -> assertThat(Texts.changed(before, text)).containsExactly("DESCRIPTION"));
        ann.silent();
    }
}
