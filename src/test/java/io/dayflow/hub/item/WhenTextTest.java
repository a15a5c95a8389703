package io.dayflow.hub.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTextTest {

    @Test
    void timesAreWrittenAndReadAsTheFormattersOfTheJdkDo() {
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        Random random = new Random(20_260_301);
        for (int i = 0; i < 20_000; i++) {
            LocalDateTime local = LocalDate.of(random.nextInt(12_000) - 1_000, 1, 1)
                    .plusDays(random.nextInt(366))
                    .atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60));
            LocalDateTime time = random.nextInt(8) == 0 ? local.plusNanos(random.nextInt(1_000_000_000)) : local;
            ZoneId zone = random.nextInt(4) == 0
                    ? ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600) - 18 * 3600)
                    : ZoneId.of(zones.get(random.nextInt(zones.size())));
            ZonedDateTime zoned = time.atZone(zone);
            assertThat(WhenText.of(time)).isEqualTo(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
            String text = DateTimeFormatter.ISO_ZONED_DATE_TIME.format(zoned);
            assertThat(WhenText.of(zoned)).isEqualTo(text);
            assertThat(When.parse(text))
                    .isEqualTo(new When.Zoned(ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME)));
            assertThat(When.parse(WhenText.of(time))).isEqualTo(When.of(time));
            String utc = WhenText.of(time) + "Z";
            assertThat(When.parse(utc)).isEqualTo(new When.Zoned(ZonedDateTime.parse(utc)));
            assertThat(When.parse(time.toLocalDate().toString())).isEqualTo(When.of(time.toLocalDate()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-29T02:30:00+01:00[Europe/Berlin]",
                "2026-10-25T02:30:00+01:00[Europe/Berlin]",
                "2026-10-25T02:30:00+02:00[Europe/Berlin]",
                "2026-03-01T09:00:00+05:00[Europe/Berlin]",
                "2026-03-01T09:00:00-00:30[Europe/Berlin]",
                "2026-03-01T09:00:00+00:00[Etc/UTC]",
                "2026-03-01T09:00:00Z[Europe/Berlin]",
                "2026-03-01T09:00:00+01:00",
                "2026-03-01T09:00:00.5+01:00[Europe/Berlin]",
                "2026-03-01T09:00+01:00[Europe/Berlin]",
                "2026-03-01T09:00:00+01:00[UTC+01:00]",
                "2026-03-01T09:00:00Z",
                "2026-03-01T09:00:00.1Z",
                "2026-03-01T09:00:00.123456Z",
                "2026-03-01T09:00:00.000000001Z"
            })
    void anOffsetThatContradictsItsZoneKeepsTheInstant(String text) {
        assertThat(When.parse(text))
                .isEqualTo(new When.Zoned(ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-3-01",
                "2026-02-30",
                "2026-13-01",
                "2026-03-01T",
                "2026-03-01T24:00:00",
                "2026-03-01T09:60:00",
                "2026-03-01T09:00:00z",
                "2026-03-01T09:00:00.1234567890Z",
                "2026-03-01T09:00:00,5Z",
                "2026-03-01T09:00:00.5.5Z",
                "2026-03-01 09:00:00",
                "2026-03-01T09:00:00+01:00[Europe/Berlin",
                "2026-03-01T09:00:00+01:00[europe/berlin]",
                "2026-03-01T09:00:00+01:00[Nowhere/Land]",
                "2026-03-01T09:00:00+19:00[Europe/Berlin]",
                "2026-03-01T09:00:00+1:000[Europe/Berlin]",
                "٢٠٢٦-03-01"
            })
    void whatIsNoTimeIsRefusedWithWhatIsAccepted(String text) {
        assertThatThrownBy(() -> When.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-03-01T09:00:00+01:00[Europe/Berlin]");
    }

    /** What PostgreSQL or Java's own timestamps cannot hold must not come so far. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+300000-01-01",
                "+999999999-12-31",
                "-5000-01-01",
                "-999999999-01-01",
                "+300000-01-01T00:00:00",
                "+999999999-12-31T23:59:59Z",
                "+300000-01-01T00:00:00+01:00[Europe/Berlin]"
            })
    void aYearThatNobodyCanHoldIsRefused(String text) {
        assertThatThrownBy(() -> When.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Item.of(View.of(Kind.TASK, Map.of("due", TextNode.valueOf(text)))))
                .isInstanceOf(InvalidItem.class);
    }

    @Test
    void aTaskIsDoneInAYearThatCanBeHeld() {
        for (String text :
                List.of("+300000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z")) {
            assertThatThrownBy(() -> Item.of(View.of(Kind.TASK, Map.of("completedAt", TextNode.valueOf(text)))))
                    .isInstanceOfSatisfying(
                            InvalidItem.class, e -> assertThat(e.field()).isEqualTo("completedAt"));
        }
    }
}
