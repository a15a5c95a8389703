package io.dayflow.hub.limit;

import java.time.Duration;

/**
 * How somebody stands after a request.
 *
 * @param policy which limit
 * @param rate how much it allows
 * @param remaining tokens left in the first bucket
 * @param remainingOfHour tokens left in the second one
 * @param delay how long until a request is taken again; zero for one that was taken
 */
record Standing(Policy policy, Rate rate, long remaining, long remainingOfHour, Duration delay) {

    boolean refused() {
        return delay.isPositive();
    }
}
