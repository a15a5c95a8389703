package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RepeatTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final CallSettings SETTINGS =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("hub.call", CallSettings.class);
    private static final Fault BROKEN = new Fault.Transient("broken");

    @Test
    void settingsHaveTheDocumentedDefaults() {
        assertThat(SETTINGS.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(SETTINGS.responseTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(SETTINGS.totalTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(SETTINGS.maxAnswerSize().toMegabytes()).isEqualTo(32);
        assertThat(SETTINGS.maxAttempts()).isEqualTo(3);
        assertThat(SETTINGS.longestWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(SETTINGS.circuit().openFor()).isEqualTo(Duration.ofSeconds(30));
        assertThat(SETTINGS.circuit().consecutiveFaults()).isEqualTo(5);
    }

    @Test
    void transientFaultsAreRepeatedTwiceIfTheCallMayBeOrNeverArrived() {
        assertThat(Repeat.wanted(call(true), BROKEN, true, 1, SETTINGS, NOW)).isTrue();
        assertThat(Repeat.wanted(call(true), BROKEN, true, 2, SETTINGS, NOW)).isTrue();
        assertThat(Repeat.wanted(call(true), BROKEN, true, 3, SETTINGS, NOW)).isFalse();
        assertThat(Repeat.wanted(call(false), BROKEN, true, 1, SETTINGS, NOW)).isFalse();
        assertThat(Repeat.wanted(call(false), BROKEN, false, 1, SETTINGS, NOW)).isTrue();
    }

    @Test
    void rateLimitsAreWaitedForUpToTheLongestWait() {
        assertThat(Repeat.wanted(call(true), limited(5), true, 1, SETTINGS, NOW))
                .isTrue();
        assertThat(Repeat.wanted(call(true), limited(6), true, 1, SETTINGS, NOW))
                .isFalse();
        assertThat(Repeat.wanted(call(false), limited(1), true, 1, SETTINGS, NOW))
                .isFalse();
        assertThat(Repeat.delay(NOW.plusSeconds(2), NOW, 0)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_010));
        assertThat(Repeat.delay(NOW.plusSeconds(2), NOW, 1))
                .isBetween(Duration.ofMillis(2_100), Duration.ofMillis(2_260));
        assertThat(Repeat.delay(NOW.minusSeconds(2), NOW, 0)).isPositive();
    }

    @Test
    void whatAServiceRefusesIsNotRepeated() {
        for (Fault fault : new Fault[] {
            new Fault.Rejected(""), new Fault.Gone(""), new Fault.NeedsReconnect(""), new Fault.Unreadable("")
        }) {
            assertThat(Repeat.wanted(call(true), fault, false, 1, SETTINGS, NOW))
                    .isFalse();
        }
    }

    private static Fault limited(int seconds) {
        return new Fault.RateLimited("slow", NOW.plusSeconds(seconds));
    }

    private static Call call(boolean repeatable) {
        return new Call("PUT", URI.create("https://dav.example.com/"), Map.of(), null, Set.of(), repeatable);
    }
}
