package io.dayflow.hub.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Provider;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant BEGUN = Instant.parse("2026-11-26T10:00:00Z");
    private static final Provider.Limits WIDE = new Provider.Limits(6_000, 100, 4, 100);

    @Test
    void rateAndTimeLeftFollowWhatWasDoneSinceTheJobWasTakenUp() {
        assertThat(Pace.of(120, 480L, BEGUN, null, WIDE, BEGUN.plusSeconds(30))).isEqualTo(new Pace(240L, 120L));
    }

    @Test
    void theFirstMomentsSayNothing() {
        assertThat(Pace.of(50, 500L, BEGUN, null, WIDE, BEGUN.plusMillis(1_900)))
                .isEqualTo(Pace.UNKNOWN);
        assertThat(Pace.of(0, 500L, BEGUN, null, WIDE, BEGUN.plusSeconds(60))).isEqualTo(Pace.UNKNOWN);
    }

    @Test
    void aJobWhoseEndIsNotKnownHasARateOnly() {
        assertThat(Pace.of(120, null, BEGUN, null, WIDE, BEGUN.plusSeconds(30))).isEqualTo(new Pace(240L, null));
        assertThat(Pace.of(120, 0L, BEGUN, null, WIDE, BEGUN.plusSeconds(30))).isEqualTo(new Pace(240L, null));
    }

    /** A burst is fast; what follows it is not. */
    @Test
    void noJobIsSoonerThroughThanItsRequestsAreAllowed() {
        Provider.Limits narrow = new Provider.Limits(6, 10, 1, 10);

        // 1000 items are 100 requests, six in a minute
        assertThat(Pace.of(100, 1_000L, BEGUN, null, narrow, BEGUN.plusSeconds(2)))
                .isEqualTo(new Pace(3_000L, 1_000L));
    }

    @Test
    void whereTheServiceAskedToBeLeftAloneThatTimeComesOnTop() {
        Instant now = BEGUN.plusSeconds(30);

        assertThat(Pace.of(120, 480L, BEGUN, now.plusSeconds(45), WIDE, now)).isEqualTo(new Pace(240L, 165L));
        assertThat(Pace.of(0, 480L, BEGUN, now.plusSeconds(45), WIDE, now)).isEqualTo(new Pace(null, 46L));
        assertThat(Pace.of(120, 480L, BEGUN, now.minusSeconds(1), WIDE, now)).isEqualTo(new Pace(240L, 120L));
    }
}
