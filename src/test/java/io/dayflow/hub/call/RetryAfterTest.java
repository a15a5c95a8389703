package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void secondsAndDatesAreRead() {
        assertThat(RetryAfter.read(" 120 ", NOW)).isEqualTo(NOW.plusSeconds(120));
        assertThat(RetryAfter.read("Sun, 01 Mar 2026 08:00:30 GMT", NOW)).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void thePastMeansNowAndNoServiceIsLeftAloneForMoreThanADay() {
        assertThat(RetryAfter.read("Sat, 28 Feb 2026 08:00:30 GMT", NOW)).isEqualTo(NOW);
        assertThat(RetryAfter.read("0", NOW)).isEqualTo(NOW);
        assertThat(RetryAfter.read("999999999999", NOW)).isEqualTo(NOW.plus(RetryAfter.LONGEST));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"soon", "-5", "1.5", "2026-03-01T08:00:30Z", "9999999999999"})
    void anythingElseSaysNothing(String value) {
        assertThat(RetryAfter.read(value, NOW)).isNull();
    }
}
