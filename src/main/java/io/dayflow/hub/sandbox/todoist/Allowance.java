package io.dayflow.hub.sandbox.todoist;

import java.time.Duration;
import java.time.Instant;

/** How many syncs an account has left in its quarter of an hour. Guarded by its user. */
final class Allowance {

    static final int PARTIAL = 1_000;
    static final int FULL = 100;

    private static final Duration WINDOW = Duration.ofMinutes(15);

    private Instant began = Instant.EPOCH;
    private int partial;
    private int full;

    void take(boolean isFull, Instant now) {
        if (!began.plus(WINDOW).isAfter(now)) {
            began = now;
            partial = 0;
            full = 0;
        }
        if (isFull ? full == FULL : partial == PARTIAL) {
            throw ApiError.limited(
                    Math.max(1, Duration.between(now, began.plus(WINDOW)).toSeconds()));
        }
        if (isFull) {
            full++;
        } else {
            partial++;
        }
    }
}
