package io.dayflow.hub.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZoneTextTest {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    @Test
    void aZoneWithAYearlyRuleIsDescribedByIt() {
        assertThat(ZoneText.lines(ZoneId.of("Europe/Berlin"), 2026))
                .containsExactly(
                        "BEGIN:VTIMEZONE",
                        "TZID:Europe/Berlin",
                        "BEGIN:STANDARD",
                        "DTSTART:20251026T030000",
                        "TZOFFSETFROM:+0200",
                        "TZOFFSETTO:+0100",
                        "END:STANDARD",
                        "BEGIN:DAYLIGHT",
                        "DTSTART:20260329T020000",
                        "TZOFFSETFROM:+0100",
                        "TZOFFSETTO:+0200",
                        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                        "END:DAYLIGHT",
                        "BEGIN:STANDARD",
                        "DTSTART:20261025T030000",
                        "TZOFFSETFROM:+0200",
                        "TZOFFSETTO:+0100",
                        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                        "END:STANDARD",
                        "END:VTIMEZONE");
    }

    @Test
    void aZoneWithoutChangesIsOneObservance() {
        assertThat(ZoneText.lines(ZoneId.of("Asia/Kolkata"), 2026))
                .contains("TZOFFSETTO:+0530")
                .filteredOn(line -> line.startsWith("BEGIN:"))
                .hasSize(2);
    }

    @Test
    void everyZoneOfTheWorldIsDescribedRightlyForTenYears() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            for (int year : new int[] {1994, 2006, 2026}) {
                ZoneId zone = ZoneId.of(id);
                ZoneRules described =
                        Onsets.rules(observances(ZoneText.lines(zone, year))).orElseThrow();
                Instant from = LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
                assertThat(described.getOffset(from))
                        .as("%s in %d", id, year)
                        .isEqualTo(zone.getRules().getOffset(from));
                assertThat(changes(described, from, year + 10))
                        .as("%s from %d", id, year)
                        .isEqualTo(changes(zone.getRules(), from, year + 10));
            }
        }
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules, Instant from, int toYear) {
        return Stream.iterate(
                        rules.nextTransition(from),
                        change -> change != null && change.getDateTimeBefore().getYear() < toYear,
                        change -> rules.nextTransition(change.getInstant()))
                .filter(change -> !change.getOffsetBefore().equals(change.getOffsetAfter()))
                .toList();
    }

    private static List<Observance> observances(List<String> lines) {
        List<Observance> observances = new ArrayList<>();
        LocalDateTime start = LocalDateTime.MIN;
        ZoneOffset from = ZoneOffset.UTC;
        ZoneOffset to = ZoneOffset.UTC;
        String rule = null;
        List<LocalDateTime> dates = List.of();
        for (String line : lines) {
            String value = line.substring(line.indexOf(':') + 1);
            switch (line.substring(0, line.indexOf(':'))) {
                case "BEGIN" -> {
                    rule = null;
                    dates = List.of();
                }
                case "DTSTART" -> start = LocalDateTime.parse(value, LOCAL);
                case "TZOFFSETFROM" -> from = ZoneOffset.of(value);
                case "TZOFFSETTO" -> to = ZoneOffset.of(value);
                case "RRULE" -> rule = value;
                case "RDATE" ->
                    dates = Arrays.stream(value.split(","))
                            .map(date -> LocalDateTime.parse(date, LOCAL))
                            .toList();
                case "END" -> {
                    if (!value.equals("VTIMEZONE")) {
                        observances.add(new Observance(start, from, to, rule, dates));
                    }
                }
                default -> assertThat(line).startsWith("TZID:");
            }
        }
        return observances;
    }
}
