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

/**
 * The buckets in PostgreSQL. Each use of one is a transaction of its own. Rows are named by digests, so that they tell of
 * nobody, and by the limit, so that a changed one begins anew; {@code core-housekeeping} removes them once they are full.
 */
final class SharedBuckets {

    private static final Duration LONGEST_KEPT = Duration.ofMinutes(10);
    private static final int DIGEST_BYTES = 18;

    private final ProxyManager<String> buckets;

    SharedBuckets(DataSource database, Clock clock) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("hub.rate_limit")
                .clientClock(new WallClock(clock))
                .requestTimeout(Duration.ofSeconds(2))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(LONGEST_KEPT))
                .build();
    }

    /** The bucket of one of those whom a policy is for; nothing is asked of the database yet. */
    Bucket bucket(Policy policy, Rate rate, String id) {
        return buckets.builder().build(policy.id() + ":" + digest(id + "\n" + rate), rate::configuration);
    }

    /** Enough of a digest to tell any two apart. */
    static String digest(String text) {
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
