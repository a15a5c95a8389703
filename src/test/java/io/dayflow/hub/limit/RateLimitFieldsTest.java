package io.dayflow.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitFieldsTest {

    private static final Rate USER = new Rate(1_200, 36_000, 600);
    private static final Rate TOKEN = new Rate(60, 1_000, 10);

    @Test
    void everyLimitIsListedWithItsQuotaAndTheSecondsInWhichItIsGiven() {
        var standings = List.of(taken(Policy.TOKEN, TOKEN, 9, 999), taken(Policy.USER, USER, 599, 35_999));

        assertThat(RateLimitFields.policies(standings))
                .isEqualTo("\"token\";q=10;w=10, \"token-hour\";q=1000;w=3600,"
                        + " \"user\";q=600;w=30, \"user-hour\";q=36000;w=3600");
    }

    @Test
    void theOneNearestToItsEndIsToldWithTheTimeUntilItIsFull() {
        assertThat(RateLimitFields.standing(
                        List.of(taken(Policy.TOKEN, TOKEN, 7, 500), taken(Policy.USER, USER, 599, 35_999))))
                .isEqualTo("\"token\";r=7;t=3");
        assertThat(RateLimitFields.standing(List.of(taken(Policy.TOKEN, TOKEN, 7, 5))))
                .isEqualTo("\"token-hour\";r=5;t=3582");
        assertThat(RateLimitFields.standing(List.of(taken(Policy.TOKEN, TOKEN, 10, 1_000))))
                .as("seconds are never none, for some would wait no time at all and again")
                .isEqualTo("\"token\";r=10;t=1");
    }

    @Test
    void aRefusalNamesWhatIsUsedUpAndWhenThereIsMore() {
        var minute = new Standing(Policy.TOKEN, TOKEN, 0, 500, Duration.ofMillis(1_001));
        assertThat(RateLimitFields.standing(List.of(minute))).isEqualTo("\"token\";r=0;t=2");

        var hour = new Standing(Policy.USER, USER, 300, 0, Duration.ofMillis(99));
        assertThat(RateLimitFields.standing(List.of(taken(Policy.TOKEN, TOKEN, 0, 12), hour)))
                .as("what the refusal is about comes before what only is at its end")
                .isEqualTo("\"user-hour\";r=0;t=1");
    }

    @Test
    void aRateIsFilledEvenly() {
        assertThat(TOKEN.window(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(TOKEN.filling(0, 3)).isEqualTo(Duration.ofSeconds(3));
        assertThat(TOKEN.window(1)).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> new Rate(0, 1, 1)).hasMessageContaining("from 1");
        assertThatThrownBy(() -> new Rate(1, 0, 1)).hasMessageContaining("from 1");
        assertThatThrownBy(() -> new Rate(1, 1, 0)).hasMessageContaining("from 1");
    }

    private static Standing taken(Policy policy, Rate rate, long remaining, long ofHour) {
        return new Standing(policy, rate, remaining, ofHour, Duration.ZERO);
    }
}
