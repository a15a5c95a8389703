package io.dayflow.hub.sandbox.todoist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type as a due date, and when it comes back. The 25th of November 2026 is a Wednesday. */
class DueTextTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-25");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "today | 2026-11-25 | ",
                "Tomorrow at 9am | 2026-11-26 | 09:00",
                "fri | 2026-11-27 | ",
                "wednesday | 2026-12-02 | ",
                "2026-12-24 at 18:30 | 2026-12-24 | 18:30",
                "next week | 2026-11-30 | ",
                "tomorrow at noon | 2026-11-26 | 12:00"
            })
    void aSingleDateIsUnderstood(String typed, LocalDate day, String time) {
        var text = DueText.parse(typed, TODAY);
        assertThat(text).isNotNull();
        assertThat(text.day()).isEqualTo(day);
        assertThat(text.rule()).isNull();
        assertThat(String.valueOf(text.time())).isEqualTo(String.valueOf(time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every day | 2026-11-25 | 2026-11-26",
                "every 3 days | 2026-11-25 | 2026-11-28",
                "every other day | 2026-11-25 | 2026-11-27",
                "daily | 2026-11-25 | 2026-11-26",
                "every week | 2026-11-25 | 2026-12-02",
                "every 2 weeks | 2026-11-25 | 2026-12-09",
                "every month | 2026-11-30 | 2026-12-30",
                "every 2 months | 2026-12-31 | 2027-02-28",
                "every year | 2026-11-25 | 2027-11-25",
                "every weekday | 2026-11-27 | 2026-11-30",
                "every monday | 2026-11-30 | 2026-12-07",
                "every mon, thu at 09:00 | 2026-11-26 | 2026-11-30",
                "every mon and fri | 2026-11-30 | 2026-12-04",
                "every 2 weeks on mon, wed | 2026-11-25 | 2026-12-07",
                "every 15th | 2026-12-15 | 2027-01-15",
                "every last day | 2027-01-31 | 2027-02-28",
                "every month on the 3rd | 2026-12-03 | 2027-01-03",
                "every other mon | 2026-11-30 | 2026-12-14",
                "every 2nd tue | 2026-12-08 | 2027-01-12",
                "every last fri | 2026-11-27 | 2026-12-25",
                "every 1st, 15th | 2026-12-01 | 2026-12-15",
                "every jan 5 | 2027-01-05 | 2028-01-05",
                "every quarter | 2026-11-25 | 2027-02-25",
                "every day at 9am starting 2026-11-20 | 2026-11-25 | 2026-11-26"
            })
    void anOccurrenceDoneOnTimeIsFollowedByTheNext(String typed, LocalDate done, LocalDate next) {
        assertThat(next(typed, done)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "every day, 2026-11-20, 2026-11-25",
        "every week, 2026-11-16, 2026-11-30",
        "every monday, 2026-11-09, 2026-11-30",
        "every! 3 days, 2026-11-01, 2026-11-28",
        "every! week, 2026-11-01, 2026-12-02"
    })
    void oneDoneLateIsFollowedByOneThatIsNotPast(String typed, LocalDate done, LocalDate next) {
        assertThat(next(typed, done)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"every day until 2026-11-25, 2026-11-25", "every week ending 2026-11-30, 2026-11-25"})
    void aRuleEnds(String typed, LocalDate done) {
        assertThat(next(typed, done)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"someday", "every blue moon", "every 0 days", "2026-02-30", "every 45th", "tomorrow at 25:00"})
    void anythingElseIsNot(String typed) {
        assertThat(DueText.parse(typed, TODAY)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every day | FREQ=DAILY",
                "every 2 weeks | FREQ=WEEKLY;INTERVAL=2",
                "every weekday | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "every monday, thursday | FREQ=WEEKLY;BYDAY=MO,TH",
                "every 15 | FREQ=MONTHLY;BYMONTHDAY=15",
                "every 31 | FREQ=MONTHLY;BYMONTHDAY=-1",
                "every year | FREQ=YEARLY",
                "every 6 hours | FREQ=HOURLY;INTERVAL=6",
                "every day until 2026-12-31 | FREQ=DAILY;UNTIL=20261231"
            })
    void wordsAndRulesSayTheSame(String words, String rule) {
        assertThat(RuleText.rrule(words)).isEqualTo(rule);
        assertThat(RuleText.typed(rule)).isEqualTo(words);
    }

    private static @Nullable LocalDate next(String typed, LocalDate done) {
        var text = DueText.parse(typed, TODAY);
        assertThat(text).isNotNull();
        assertThat(text.rule()).isNotNull();
        var next = text.rule().next(done.atStartOfDay(), TODAY.atTime(10, 0));
        return next == null ? null : next.toLocalDate();
    }
}
