package io.dayflow.hub.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buckets in PostgreSQL. Each use of one is a transaction of its own. Rows are named by digests, so that they tell of
 * nobody, and by the limit, so that a changed one begins anew; {@code core-housekeeping} removes them once they are full.
 */
final class SharedBuckets {

    private static final Duration LONGEST_KEPT = Duration.ofMinutes(10);
    private static final int DIGEST_BYTES = 18;

    private static final Logger log = LoggerFactory.getLogger(SharedBuckets.class);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final ProxyManager<String> buckets;
    private final TimeMeter time;

    private volatile Instant brokenUntil = Instant.MIN;

    SharedBuckets(DataSource database, Clock clock) {
        this.time = new WallClock(clock);
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("hub.rate_limit")
                .clientClock(time)
                .requestTimeout(Duration.ofSeconds(2))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(LONGEST_KEPT))
                .build();
    }

    /** The buckets of one of those whom a policy is for; nothing is asked of the database yet. */
    Allowance.Buckets of(Policy policy, Rate rate, String id) {
        var shared = buckets.builder().build(policy.id() + ":" + digest(id + "\n" + rate), rate::configuration);
        return new Allowance.Buckets() {

            private @Nullable Bucket own;

            @Override
            public Bucket at(Instant now) {
                if (!now.isBefore(brokenUntil)) {
                    own = null;
                    return shared;
                }
                if (own == null) {
                    own = rate.local(time);
                }
                return own;
            }

            @Override
            public void broke(Instant now, RuntimeException failed) {
                brokenUntil = now.plus(LEFT_ALONE);
                log.warn(
                        "For {} s requests are counted by this instance alone: {}",
                        LEFT_ALONE.toSeconds(),
                        failed.getMessage());
            }
        };
    }

    /** Enough of a digest to tell any two apart. */
    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** In nanoseconds since 1970, so that instances agree. */
    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    private record WallClock(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos(clock.instant());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
