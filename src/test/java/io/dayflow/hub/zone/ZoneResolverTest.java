package io.dayflow.hub.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneResolverTest {

    private static final ZoneOffset ONE = ZoneOffset.ofHours(1);
    private static final ZoneOffset TWO = ZoneOffset.ofHours(2);
    private static final List<Observance> EUROPEAN = List.of(
            new Observance(
                    LocalDateTime.of(1601, 1, 1, 3, 0), TWO, ONE, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", List.of()),
            new Observance(
                    LocalDateTime.of(1601, 1, 1, 2, 0), ONE, TWO, "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", List.of()));

    private final ZoneResolver resolver = new ZoneResolver();

    private ZoneId id(String tzid, ZoneDefinition definition, String calendar) {
        return resolver.resolve(tzid, definition, calendar).orElseThrow().id();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Europe/Berlin                                            | Europe/Berlin
        europe/berlin                                            | Europe/Berlin
        US/Eastern                                               | US/Eastern
        Asia/Calcutta                                            | Asia/Calcutta
        UTC                                                      | UTC
        /freeassociation.sourceforge.net/Europe/Berlin           | Europe/Berlin
        /freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires | America/Argentina/Buenos_Aires
        /mozilla.org/20070129_1/America/New_York                 | America/New_York
        /Europe/Vienna                                           | Europe/Vienna
        W. Europe Standard Time                                  | Europe/Berlin
        Eastern Standard Time                                    | America/New_York
        India Standard Time                                      | Asia/Kolkata
        New Zealand Standard Time                                | Pacific/Auckland
        FLE Standard Time                                        | Europe/Kyiv
        GMT+01:00                                                | +01:00
        UTC-0330                                                 | -03:30
        """)
    void aNameIsEnoughWhereItSaysWhichZoneItIs(String tzid, String zone) {
        assertThat(id(tzid, null, null)).isEqualTo(ZoneId.of(zone));
    }

    @Test
    void theNameGoesBeforeTheRulesThatContradictIt() {
        assertThat(id("New Zealand Standard Time", new ZoneDefinition("", null, EUROPEAN), null))
                .isEqualTo(ZoneId.of("Pacific/Auckland"));
    }

    @Test
    void theLocationGoesBeforeTheRules() {
        assertThat(id("Somewhere", new ZoneDefinition("Somewhere", "Africa/Cairo", EUROPEAN), null))
                .isEqualTo(ZoneId.of("Africa/Cairo"));
    }

    @Test
    void rulesFindTheBestKnownZoneThatChangesSo() {
        assertThat(id("My zone", new ZoneDefinition("My zone", "nowhere", EUROPEAN), "Asia/Tokyo"))
                .isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void rulesOfNoKnownZoneGiveEachTimeItsOffset() {
        Observance always =
                new Observance(LocalDateTime.of(2015, 6, 1, 0, 0), ONE, ZoneOffset.ofHours(9), null, List.of());
        ResolvedZone zone = resolver.resolve(
                        "Odd", new ZoneDefinition("Odd", null, List.of(EUROPEAN.get(0), EUROPEAN.get(1), always)), null)
                .orElseThrow();
        assertThat(zone.id()).isNull();
        assertThat(zone.at(LocalDateTime.of(2014, 7, 1, 9, 0)).getOffset()).isEqualTo(TWO);
        assertThat(zone.at(LocalDateTime.of(2014, 12, 1, 9, 0)).getOffset()).isEqualTo(ONE);
        assertThat(zone.at(LocalDateTime.of(2015, 7, 1, 9, 0)).getOffset()).isEqualTo(ZoneOffset.ofHours(9));
    }

    @Test
    void aFixedOffsetIsNoPlace() {
        Observance fixed = new Observance(LocalDateTime.of(1601, 1, 1, 0, 0), ONE, ONE, null, List.of());
        assertThat(id("", new ZoneDefinition("", null, List.of(fixed)), null)).isEqualTo(ONE);
        Observance utc =
                new Observance(LocalDateTime.of(1601, 1, 1, 0, 0), ZoneOffset.UTC, ZoneOffset.UTC, null, List.of());
        assertThat(id("", new ZoneDefinition("", null, List.of(utc, utc)), null))
                .isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void aNameThatNobodyExplainsIsTheCalendarsZoneOrNothing() {
        assertThat(id("My zone", null, "Europe/Zurich")).isEqualTo(ZoneId.of("Europe/Zurich"));
        assertThat(resolver.resolve("My zone", null, null)).isEmpty();
        assertThat(resolver.resolve("My zone", new ZoneDefinition("My zone", null, List.of()), null))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "My zone"})
    void aTimeThatAGapLeavesOutMovesForwardAndOneThatHappensTwiceIsTheFirst(String tzid) {
        ResolvedZone zone = resolver.resolve(tzid, new ZoneDefinition(tzid, null, EUROPEAN), null)
                .orElseThrow();
        ResolvedZone custom = new ResolvedZone(null, zone.rules());
        for (ResolvedZone each : List.of(zone, custom)) {
            assertThat(each.at(LocalDateTime.of(2026, 3, 29, 2, 30)).toString()).startsWith("2026-03-29T03:30+02:00");
            assertThat(each.at(LocalDateTime.of(2026, 10, 25, 2, 30)).toString())
                    .startsWith("2026-10-25T02:30+02:00");
        }
    }
}
