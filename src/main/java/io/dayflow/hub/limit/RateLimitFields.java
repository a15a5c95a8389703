package io.dayflow.hub.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header fields that tell a client its limits and how it stands, as structured fields (RFC 9651) in the form of
 * draft-ietf-httpapi-ratelimit-headers: {@code RateLimit-Policy} lists every limit with its quota {@code q} and the seconds
 * {@code w} in which that is given anew; {@code RateLimit} names the one that is nearest to its end, with the requests that
 * are left of it ({@code r}) and the seconds {@code t} until there are more, or all of them while some are left.
 */
final class RateLimitFields {

    static final String POLICY = "RateLimit-Policy";
    static final String STANDING = "RateLimit";

    private RateLimitFields() {}

    static String policies(List<Standing> standings) {
        return standings.stream()
                .flatMap(standing -> buckets(standing).stream())
                .map(bucket -> "\"%s\";q=%d;w=%d".formatted(bucket.name, bucket.quota, seconds(bucket.window)))
                .collect(Collectors.joining(", "));
    }

    static String standing(List<Standing> standings) {
        return standings.stream()
                .flatMap(standing -> buckets(standing).stream())
                .min(Comparator.comparing(Bucket::open)
                        .thenComparing(Bucket::left)
                        .thenComparing(Bucket::name))
                .map(bucket -> "\"%s\";r=%d;t=%d".formatted(bucket.name, bucket.left, seconds(bucket.more)))
                .orElseThrow(() -> new IllegalArgumentException("nothing was counted"));
    }

    /** Whole seconds, never too few. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }

    /**
     * @param open whether it has tokens left
     * @param more how long until there are more, or all
     */
    private record Bucket(String name, long quota, Duration window, boolean open, long left, Duration more) {}

    private static List<Bucket> buckets(Standing standing) {
        var rate = standing.rate();
        var name = standing.policy().id();
        boolean ofHour = standing.refused() && standing.remainingOfHour() < standing.remaining();
        var both = new ArrayList<Bucket>();
        for (int of = 0; of < 2; of++) {
            boolean empty = standing.refused() && ofHour == (of == 1);
            long left = empty ? 0 : of == 0 ? standing.remaining() : standing.remainingOfHour();
            both.add(new Bucket(
                    of == 0 ? name : name + "-hour",
                    rate.capacity(of),
                    rate.window(of),
                    !empty,
                    left,
                    empty ? standing.delay() : rate.filling(of, rate.capacity(of) - left)));
        }
        return both;
    }
}
