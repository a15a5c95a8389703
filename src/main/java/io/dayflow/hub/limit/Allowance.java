package io.dayflow.hub.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.time.Instant;

/**
 * What one instance has taken from a shared bucket and not spent yet. Who calls often has a lot of tokens taken at once, so
 * that most calls ask nothing of the database; who calls now and then has one taken for each call. A token that is not
 * spent soon is lost, so the limit is never passed. While nothing is to be had the database is left alone; while it does not
 * answer the instance counts for itself. Thread-safe; callers wait for one another while a lot is fetched.
 */
final class Allowance {

    /** A lot that lasts less long was too small; what is left of it later is not spent any more. */
    static final Duration LOT_LASTS = Duration.ofSeconds(1);

    private final Policy policy;
    private final Rate rate;
    private final Buckets buckets;
    private final long largestLot;

    private long lot = 1;
    private long held;
    private Instant fetched = Instant.MIN;
    private Instant refusedUntil = Instant.MIN;
    private long[] left = {0, 0};

    /** Of one caller. */
    interface Buckets {

        /** The best bucket that is to be had. */
        Bucket at(Instant now);

        /** The bucket that was to be had last did not answer: there is another one. */
        void broke(Instant now, RuntimeException failed);
    }

    /** @param largestLot the most tokens taken at once; of a small bucket fewer are, so that others get some */
    Allowance(Policy policy, Rate rate, Buckets buckets, long largestLot) {
        this.policy = policy;
        this.rate = rate;
        this.buckets = buckets;
        this.largestLot = Math.clamp(Math.min(rate.burst(), rate.perHour()) / 20, 1, largestLot);
    }

    /** Takes one token, or says how long there will be none. */
    synchronized Standing take(Instant now) {
        if (now.isBefore(refusedUntil)) {
            return refused(now);
        }
        boolean fresh = now.isBefore(fetched.plus(LOT_LASTS)) && !now.isBefore(fetched);
        if (held == 0 || !fresh) {
            fetch(now, fresh);
        }
        if (held == 0) {
            return refused(now);
        }
        held--;
        return new Standing(policy, rate, remaining(0, now), remaining(1, now), Duration.ZERO);
    }

    /** A token that was taken is not needed. */
    synchronized void giveBack() {
        held++;
    }

    private void fetch(Instant now, boolean busy) {
        long wanted = busy ? Math.min(lot * 2, largestLot) : 1;
        var result = taken(wanted, now);
        lot = wanted;
        held = result.getValue();
        fetched = now;
        left = result.getDiagnostics().getAvailableTokensPerEachBandwidth();
        if (held == 0) {
            long nanos = result.getState()
                    .calculateDelayNanosAfterWillBePossibleToConsume(1, result.getOperationTimeNanos(), true);
            refusedUntil = now.plusNanos(Math.max(1, nanos));
        }
    }

    private VerboseResult<Long> taken(long wanted, Instant now) {
        try {
            return buckets.at(now).asVerbose().tryConsumeAsMuchAsPossible(wanted);
        } catch (RuntimeException failed) {
            buckets.broke(now, failed);
            return buckets.at(now).asVerbose().tryConsumeAsMuchAsPossible(wanted);
        }
    }

    private Standing refused(Instant now) {
        return new Standing(policy, rate, remaining(0, now), remaining(1, now), Duration.between(now, refusedUntil));
    }

    /** As far as this instance knows: what others took since the last lot is not seen. */
    private long remaining(int of, Instant now) {
        var since = Duration.between(fetched, now);
        long filled = since.isPositive()
                ? (long) (rate.capacity(of)
                        * ((double) since.toNanos() / rate.window(of).toNanos()))
                : 0;
        return Math.min(rate.capacity(of), left[of] + held + filled);
    }
}
