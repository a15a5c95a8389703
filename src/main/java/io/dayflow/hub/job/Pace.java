package io.dayflow.hub.job;

import io.dayflow.hub.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast a running job is and how long it will still take, from what it did since it was last taken up. A job is never
 * said to be through sooner than the provider's request limit allows, nor before the time until which the service asked to
 * be left alone.
 *
 * @param perMinute items in a minute, at least 1; null while that is not known
 * @param secondsLeft null while that is not known
 */
record Pace(@Nullable Long perMinute, @Nullable Long secondsLeft) {

    static final Pace UNKNOWN = new Pace(null, null);

    /** Before that, a rate says more about chance than about the job. */
    private static final Duration TOO_SHORT = Duration.ofSeconds(2);

    /**
     * Of a job that runs.
     *
     * @param done since it was last taken up
     * @param left what is still to come; null while that is not known
     * @param resumedAt when it was last taken up
     * @param notBefore until when the service asked to be left alone, if it did
     */
    static Pace of(
            long done,
            @Nullable Long left,
            Instant resumedAt,
            @Nullable Instant notBefore,
            Provider.@Nullable Limits limits,
            Instant now) {
        Duration elapsed = Duration.between(resumedAt, now);
        boolean measured = done > 0 && elapsed.compareTo(TOO_SHORT) >= 0;
        Long perMinute = measured ? Math.max(1, done * 60_000 / elapsed.toMillis()) : null;
        if (left == null || left <= 0) {
            return new Pace(perMinute, null);
        }
        long byRate = measured ? Math.ceilDiv(left * elapsed.toMillis(), done * 1000) : 0;
        long byLimit = limits == null
                ? 0
                : Math.ceilDiv(Math.ceilDiv(left, limits.pageSize()) * 60L, limits.requestsPerMinute());
        boolean waits = notBefore != null && notBefore.isAfter(now);
        long wait = waits ? Math.max(1, Duration.between(now, notBefore).toSeconds()) : 0;
        return new Pace(perMinute, measured || waits ? wait + Math.max(byRate, byLimit) : null);
    }
}
