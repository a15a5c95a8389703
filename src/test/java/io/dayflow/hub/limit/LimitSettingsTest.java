package io.dayflow.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitSettingsTest {

    @Test
    void nobodyIsDisturbedByDefault() {
        var settings = settings(Map.of());

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.lot()).isEqualTo(20);
        assertThat(settings.rate(Policy.USER)).isEqualTo(new Rate(6_000, 120_000, 2_000));
        assertThat(settings.rate(Policy.TOKEN)).isEqualTo(new Rate(3_000, 60_000, 1_000));
        assertThat(settings.rate(Policy.SERVICE)).isEqualTo(new Rate(60_000, 1_200_000, 10_000));
        assertThat(settings.rate(Policy.PAGES)).isEqualTo(new Rate(3_000, 60_000, 1_000));
        assertThat(settings.rate(Policy.WRONG_TOKENS)).isEqualTo(new Rate(120, 3_600, 600));
    }

    @Test
    void whatIsNotSetOfALimitIsAsByDefault() {
        var settings = settings(Map.of(
                "hub.limits.user.per-minute",
                "7",
                "hub.limits.wrong-tokens.burst",
                "8",
                "hub.limits.enabled",
                "false"));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.rate(Policy.USER)).isEqualTo(new Rate(7, 120_000, 2_000));
        assertThat(settings.rate(Policy.WRONG_TOKENS)).isEqualTo(new Rate(120, 3_600, 8));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("hub.limits.lot", "0")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("hub.limits.lot is a number from 1");
        assertThatThrownBy(() -> settings(Map.of("hub.limits.user.burst", "0")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("per-minute, per-hour and burst of hub.limits are numbers from 1");
    }

    private static LimitSettings settings(Map<String, String> set) {
        return new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("hub.limits", LimitSettings.class);
    }
}
