package io.dayflow.hub.todoist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules between a person's English and RRULE. */
class RecurrenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            daily                            | FREQ=DAILY
            Every  Day                       | FREQ=DAILY
            every day at 9am                 | FREQ=DAILY
            every day 9:30 pm                | X-TEXT=every day 9:30 pm
            every day at 21                  | FREQ=DAILY
            every 1 day                      | FREQ=DAILY
            every 10 days                    | FREQ=DAILY;INTERVAL=10
            ev other month                   | FREQ=MONTHLY;INTERVAL=2
            every workday                    | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
            every sunday, saturday and tues  | FREQ=WEEKLY;BYDAY=TU,SA,SU
            every 2 weeks on mon, fri        | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR
            every month on the 3rd           | FREQ=MONTHLY;BYMONTHDAY=3
            every 15                         | FREQ=MONTHLY;BYMONTHDAY=15
            every last friday                | FREQ=MONTHLY;BYDAY=-1FR
            every 14 feb                     | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14
            every dec 24th at 18:00          | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24
            every! week                      | FREQ=WEEKLY;X-FROM=COMPLETION
            every day ending 2027-01-01      | FREQ=DAILY;UNTIL=20270101
            every day starting 2027-01-01    | FREQ=DAILY
            every 0 days                     | X-TEXT=every 0 days
            every 32nd                       | X-TEXT=every 32nd
            every 3 weeks on holidays        | X-TEXT=every 3 weeks on holidays
            every weekend                    | X-TEXT=every weekend
            every                            | X-TEXT=every
            after 3 days                     | X-TEXT=after 3 days
            every tag                        | X-TEXT=every tag
            """)
    void isReadFromEnglishAsFarAsItIsPlain(String text, String rule) {
        assertThat(read(text, "en")).isEqualTo(rule);
    }

    @Test
    void keepsTheWordsOfAnotherLanguage() {
        assertThat(read("every day", "de")).isEqualTo("X-LANG=de;X-TEXT=every day");
        assertThat(written("X-LANG=pt_BR;X-TEXT=todo dia; 9h", "2026-03-09"))
                .isEqualTo(Documents.json("{'date': '2026-03-09', 'timezone': null, 'string': 'todo dia; 9h',"
                        + " 'lang': 'pt_BR', 'is_recurring': true}"));
    }

    /** Each rule in one spelling, which the English says and is read from again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=HOURLY;INTERVAL=4                          | FREQ=HOURLY;INTERVAL=4                 | every 4 hours
            FREQ=DAILY;INTERVAL=1;WKST=SU                   | FREQ=DAILY                             | every day
            freq=daily;interval=2                           | FREQ=DAILY;INTERVAL=2                  | every 2 days
            FREQ=DAILY;BYDAY=FR,MO,TU,WE,TH                 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR       | every weekday
            FREQ=WEEKLY;BYDAY=WE,MO                         | FREQ=WEEKLY;BYDAY=MO,WE                | every mon, wed
            FREQ=WEEKLY;WKST=MO;INTERVAL=3;BYDAY=SU         | FREQ=WEEKLY;INTERVAL=3;BYDAY=SU        | every 3 weeks on sun
            FREQ=MONTHLY;BYMONTHDAY=22,1,31,3               | FREQ=MONTHLY;BYMONTHDAY=1,3,22,31      | every 1st, 3rd, 22nd, 31st
            FREQ=MONTHLY;BYMONTHDAY=12;INTERVAL=2           | FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=12  | every 2 months on the 12th
            FREQ=MONTHLY;BYMONTHDAY=-1                      | FREQ=MONTHLY;BYMONTHDAY=-1             | every last day
            FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1               | FREQ=MONTHLY;BYDAY=-1FR                | every last fri
            FREQ=MONTHLY;BYDAY=+2TU                         | FREQ=MONTHLY;BYDAY=2TU                 | every 2nd tue
            FREQ=YEARLY;BYMONTHDAY=27;BYMONTH=1             | FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27    | every jan 27
            FREQ=YEARLY;INTERVAL=2                          | FREQ=YEARLY;INTERVAL=2                 | every 2 years
            FREQ=DAILY;UNTIL=20270101T080000Z               | FREQ=DAILY;UNTIL=20270101              | every day until 2027-01-01
            FREQ=DAILY;UNTIL=20270101T045959Z               | FREQ=DAILY;UNTIL=20261231              | every day until 2026-12-31
            FREQ=DAILY;UNTIL=20270101T225959Z               | FREQ=DAILY;UNTIL=20270101              | every day until 2027-01-01
            FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION         | FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION | every! 3 days
            """)
    void isSaidInEnglish(String rule, String spelled, String text) {
        assertThat(shown(rule)).isEqualTo(spelled);
        assertThat(shown(spelled)).isEqualTo(spelled);
        assertThat(written(spelled, "2026-03-09").path("string").asText()).isEqualTo(text);
        assertThat(read(text, "en")).isEqualTo(spelled);
    }

    @Test
    void saysTheTimeOfTheDueDateOnTheClockOfItsZone() {
        assertThat(written("FREQ=DAILY;UNTIL=20270101", "2026-07-09T18:30:00+02:00[Europe/Berlin]"))
                .isEqualTo(Documents.json("{'date': '2026-07-09T16:30:00Z', 'timezone': 'Europe/Berlin',"
                        + " 'string': 'every day at 18:30 until 2027-01-01', 'lang': 'en', 'is_recurring': true}"));
        assertThat(read("every day at 18:30 until 2027-01-01", "en")).isEqualTo("FREQ=DAILY;UNTIL=20270101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY;COUNT=5",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                "FREQ=WEEKLY;BYDAY=1MO",
                "FREQ=MONTHLY;BYMONTHDAY=-2",
                "FREQ=MONTHLY;BYMONTHDAY=1,15;INTERVAL=2",
                "FREQ=YEARLY;BYMONTH=1",
                "FREQ=YEARLY;BYWEEKNO=20",
                "FREQ=SECONDLY",
                "FREQ=DAILY;UNTIL=tomorrow",
                "FREQ=DAILY;INTERVAL=x",
                "INTERVAL=2",
                "every day",
                ""
            })
    void isLeftOutWhereTheEnglishCannotSayIt(String rule) {
        assertThat(shown(rule)).isNull();
    }

    private static String read(String text, String lang) {
        ObjectNode due = JSON.createObjectNode()
                .put("date", "2026-03-09")
                .put("string", text)
                .put("lang", lang)
                .put("is_recurring", true);
        ObjectNode task = Documents.task("{}");
        task.set("due", due);
        return Documents.plain()
                .run("task-in.jq", task)
                .at("/parts/0/fields/recurrence")
                .asText();
    }

    private static JsonNode written(String rule, String due) {
        ObjectNode push = JSON.createObjectNode().put("itemId", "i");
        push.putObject("desired")
                .put("title", "t")
                .put("status", "pending")
                .put("due", due)
                .put("recurrence", rule);
        return Documents.inProject()
                .with("push", push)
                .run("task-out.jq", NullNode.getInstance())
                .at("/commands/0/args/due");
    }

    private static @Nullable String shown(String rule) {
        JsonNode shown = Documents.plain()
                .run("task-view.jq", JSON.createObjectNode().put("recurrence", rule))
                .path("recurrence");
        return shown.isNull() ? null : shown.asText();
    }
}
