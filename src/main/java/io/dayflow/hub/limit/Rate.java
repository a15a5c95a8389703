package io.dayflow.hub.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * How many requests are taken: two buckets of tokens, both filled evenly, of which each request takes one token each.
 *
 * @param perMinute how many tokens a minute the first bucket is given
 * @param perHour how many an hour the second one is given; it holds as many
 * @param burst how many the first one holds, and so how many requests may come at once
 */
record Rate(long perMinute, long perHour, long burst) {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    Rate {
        if (perMinute < 1 || perHour < 1 || burst < 1) {
            throw new IllegalArgumentException("per-minute, per-hour and burst of hub.limits are numbers from 1");
        }
    }

    /** Of the first bucket, or of the second. */
    long capacity(int bucket) {
        return bucket == 0 ? burst : perHour;
    }

    /** How long the bucket takes to fill when it is empty. */
    Duration window(int bucket) {
        return bucket == 0 ? MINUTE.multipliedBy(burst).dividedBy(perMinute) : HOUR;
    }

    /** How long the bucket takes to be given so many tokens. */
    Duration filling(int bucket, long tokens) {
        return window(bucket).multipliedBy(tokens).dividedBy(capacity(bucket));
    }

    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(ofMinute())
                .addLimit(ofHour())
                .build();
    }

    /** Full, and known to nobody else. */
    Bucket local(TimeMeter time) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(ofMinute())
                .addLimit(ofHour())
                .build();
    }

    private Bandwidth ofMinute() {
        return Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perMinute, MINUTE)
                .build();
    }

    private Bandwidth ofHour() {
        return Bandwidth.builder().capacity(perHour).refillGreedy(perHour, HOUR).build();
    }
}
