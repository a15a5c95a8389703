package io.dayflow.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dayflow.hub.alert.AlertSettings.Limit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is set about alerts is refused by name where it cannot hold. */
class AlertSettingsTest {

    private static AlertSettings with(Integer threshold, Duration window) {
        return new AlertSettings(
                Map.of("reads", new Limit(threshold, window, null)), Duration.ofDays(180), Duration.ZERO);
    }

    @Test
    void aWindowIsNoLongerThanCountsAreKept() {
        assertThat(with(1, Duration.ofDays(1)).watch(Rule.READS).window()).isEqualTo(Duration.ofDays(1));
        for (var window : new Duration[] {Duration.ofSeconds(86401), Duration.ofSeconds(9)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> with(1, window))
                    .withMessage("hub.alerts.rules.reads.window is a time from 10s to 1d");
        }
    }

    @Test
    void aThresholdIsNoLessThanNothing() {
        assertThat(with(0, null).watch(Rule.READS).threshold()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(-1, null))
                .withMessage("hub.alerts.rules.reads.threshold is a number from 0");
    }
}
