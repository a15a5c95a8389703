package io.dayflow.hub.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that grow with each failure and never meet those of others exactly. */
public final class BackOff {

    private BackOff() {}

    /** Between half of and the whole of: first, doubled with each failure before, at most longest. */
    public static Duration of(RandomGenerator chance, Duration first, Duration longest, int failures) {
        long millis = first.toMillis() * (1L << Math.min(20, Math.max(0, failures)));
        long capped = Math.min(longest.toMillis(), millis);
        return Duration.ofMillis(capped / 2 + chance.nextLong(capped / 2 + 1));
    }
}
