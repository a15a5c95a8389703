package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SyncSettingsTest {

    @Test
    void everyConnectionIsSweptOnceAWeekAndFiveFlipsInAnHourAreTooMany() {
        var settings = settings(Map.of());

        assertThat(settings.sweepInterval()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.quarantineFlips()).isEqualTo(5);
        assertThat(settings.quarantineWindow()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"0", "PT0S", "0s"})
    void noSweepIsWrittenAsZero(String never) {
        assertThat(settings(Map.of("hub.sync.sweep-interval", never)).sweepInterval())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "sweep-interval, -1s, 'hub.sync.sweep-interval is 0, for never, or at least 1s'",
        "sweep-interval, 5ms, 'hub.sync.sweep-interval is 0, for never, or at least 1s'",
        "quarantine-flips, 1, hub.sync.quarantine-flips is a number from 2 to 20",
        "quarantine-flips, 21, hub.sync.quarantine-flips is a number from 2 to 20",
        "quarantine-window, 0, hub.sync.quarantine-window is at least 1s",
    })
    void whatMakesNoSenseIsRefused(String name, String value, String why) {
        assertThatThrownBy(() -> settings(Map.of("hub.sync." + name, value)))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage(why);
    }

    private static SyncSettings settings(Map<String, String> set) {
        return new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("hub.sync", SyncSettings.class);
    }
}
