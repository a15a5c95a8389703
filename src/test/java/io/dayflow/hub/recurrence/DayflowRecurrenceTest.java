package io.dayflow.hub.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.item.When;
import io.dayflow.hub.recurrence.DayflowRecurrence.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayflowRecurrenceTest {

    private static final long SEED = Long.getLong("seed", 20260301L);
    /** A Friday. */
    private static final When BERLIN = When.parse("2026-05-01T10:00:00+02:00[Europe/Berlin]");

    @Test
    void everyFormOfDayflowSurvivesTheWayThroughARule() {
        Random random = new Random(SEED);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 20_000; i++) {
            When start = start(random, zones);
            DayflowRecurrence value = recurrence(random);
            String rule = value.toRule(start).orElse(null);
            assertThat(DayflowRecurrence.fromRule(rule, start))
                    .as("seed %d round %d: %s from %s", SEED, i, rule, start)
                    .isEqualTo(new Approximation(value, true));
            assertThat(DayflowRecurrence.of(value.toJson())).isEqualTo(value);
        }
    }

    private static DayflowRecurrence recurrence(Random random) {
        Type type = Type.values()[random.nextInt(Type.values().length)];
        List<Integer> days = new ArrayList<>();
        if (random.nextBoolean()) {
            random.ints(random.nextInt(4), 0, 7).forEach(days::add);
        }
        LocalDate end = random.nextBoolean() ? LocalDate.ofEpochDay(random.nextInt(40_000)) : null;
        return new DayflowRecurrence(type, 1 + random.nextInt(4), end, days);
    }

    private static When start(Random random, List<String> zones) {
        LocalDateTime local = LocalDateTime.of(1970, 1, 1, 0, 0).plusSeconds(random.nextLong(60L * 365 * 86_400));
        return switch (random.nextInt(3)) {
            case 0 -> When.of(local.toLocalDate());
            case 1 -> When.of(local);
            default -> When.of(local.atZone(ZoneId.of(zones.get(random.nextInt(zones.size())))));
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FREQ=DAILY                                             | {"type":"daily"}                                        | true
        freq=daily;interval=3                                  | {"type":"daily","interval":3}                           | true
        FREQ=WEEKLY;BYDAY=MO, WE;WKST=SU                       | {"type":"weekly","daysOfWeek":[1,3]}                    | true
        FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU             | {"type":"weekly","interval":2,"daysOfWeek":[0,1]}       | false
        FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR                        | {"type":"daily","daysOfWeek":[1,2,3,4,5]}               | true
        FREQ=MONTHLY;BYMONTHDAY=1                              | {"type":"monthly"}                                      | true
        FREQ=MONTHLY;BYMONTHDAY=15                             | {"type":"monthly"}                                      | false
        FREQ=MONTHLY;BYDAY=-1FR                                | {"type":"monthly"}                                      | false
        FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1          | {"type":"monthly","daysOfWeek":[1,2,3,4,5]}             | false
        FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1                     | {"type":"yearly"}                                       | true
        FREQ=YEARLY;BYMONTHDAY=1                               | {"type":"yearly"}                                       | false
        FREQ=YEARLY;BYMONTH=5;BYDAY=2SU                        | {"type":"yearly"}                                       | false
        FREQ=DAILY;UNTIL=20260510T080000Z                      | {"type":"daily","endDate":"2026-05-10"}                 | true
        FREQ=DAILY;UNTIL=20260510T075959Z                      | {"type":"daily","endDate":"2026-05-09"}                 | true
        FREQ=DAILY;UNTIL=20260510                              | {"type":"daily","endDate":"2026-05-10"}                 | true
        FREQ=DAILY;UNTIL=whenever                              | {"type":"daily"}                                        | false
        FREQ=DAILY;COUNT=7                                     | {"type":"daily","endDate":"2026-05-07"}                 | true
        FREQ=WEEKLY;COUNT=3                                    | {"type":"weekly","endDate":"2026-05-15"}                | true
        FREQ=DAILY;COUNT=999999                                | {"type":"daily"}                                        | false
        FREQ=HOURLY;INTERVAL=4                                 | {"type":"daily"}                                        | false
        RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD                | {"type":"yearly"}                                       | false
        RSCALE=GREGORIAN;FREQ=YEARLY                           | {"type":"yearly"}                                       | true
        FREQ=DAILY;X-OURS=1                                    | {"type":"daily"}                                        | false
        INTERVAL=2                                             | {"type":"none"}                                         | false
        FREQ=DAILY;INTERVAL=0                                  | {"type":"daily"}                                        | false
        """)
    void aRuleIsSaidInTheNearestForm(String rule, String json, boolean exact) {
        Approximation found = DayflowRecurrence.fromRule(rule, BERLIN);
        assertThat(found.value().toJson()).hasToString(json);
        assertThat(found.exact()).isEqualTo(exact);
    }

    @Test
    void theEndIsOfTheTypeOfTheStart() {
        DayflowRecurrence daily = new DayflowRecurrence(Type.DAILY, 1, LocalDate.of(2026, 5, 10), List.of());
        assertThat(daily.toRule(When.parse("2026-05-01"))).hasValue("FREQ=DAILY;UNTIL=20260510");
        assertThat(daily.toRule(When.parse("2026-05-01T10:00:00"))).hasValue("FREQ=DAILY;UNTIL=20260510T235959");
        assertThat(daily.toRule(BERLIN)).hasValue("FREQ=DAILY;UNTIL=20260510T215959Z");
        assertThat(DayflowRecurrence.NONE.toRule(BERLIN)).isEmpty();
    }

    @Test
    void dayflowsJsonIsReadAsItStandsInItsTables() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(DayflowRecurrence.of(null)).isEqualTo(DayflowRecurrence.NONE);
        assertThat(DayflowRecurrence.of(json.readTree("{\"type\":\"none\"}"))).isEqualTo(DayflowRecurrence.NONE);
        assertThat(
                        DayflowRecurrence.of(
                                json.readTree(
                                        "{\"type\":\"weekly\",\"interval\":2,\"endDate\":\"2026-05-01T00:00:00.000Z\",\"daysOfWeek\":[5,1]}")))
                .isEqualTo(new DayflowRecurrence(Type.WEEKLY, 2, LocalDate.of(2026, 5, 1), List.of(1, 5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"hourly\"}",
                "{\"type\":\"daily\",\"interval\":0}",
                "{\"type\":\"weekly\",\"daysOfWeek\":[7]}",
                "{\"type\":\"daily\",\"endDate\":\"soon\"}"
            })
    void whatDayflowCannotMeanIsRefusedWithWhatIsAccepted(String json) {
        assertThatThrownBy(() -> DayflowRecurrence.of(new ObjectMapper().readTree(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(type|interval|daysOfWeek|endDate) (is|are) .+, not .+");
    }
}
