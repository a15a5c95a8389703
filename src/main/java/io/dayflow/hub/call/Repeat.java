package io.dayflow.hub.call;

import io.dayflow.hub.provider.Fault;
import java.time.Duration;
import java.time.Instant;

/** Whether a failed call is sent again, and when. Pure. */
public final class Repeat {

    private Repeat() {}

    /**
     * Whether to send again.
     *
     * @param reached whether the service may have seen the request; if not, any call may be repeated
     * @param attempts made so far, at least 1
     */
    public static boolean wanted(
            Call call, Fault fault, boolean reached, int attempts, CallSettings settings, Instant now) {
        if (attempts >= settings.maxAttempts() || reached && !call.repeatable()) {
            return false;
        }
        return switch (fault) {
            case Fault.Transient f -> true;
            case Fault.RateLimited f -> !f.until().isAfter(now.plus(settings.longestWait()));
            case Fault.NeedsReconnect f -> false;
            case Fault.Rejected f -> false;
            case Fault.Gone f -> false;
            case Fault.Unreadable f -> false;
        };
    }

    /**
     * How long to wait until {@code until}, never less, a little more by chance so that many who wait do not come back
     * as one.
     *
     * @param chance from 0 to 1
     */
    public static Duration delay(Instant until, Instant now, double chance) {
        Duration asked = now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
        return asked.plusMillis(1 + Math.round(chance * Math.min(250, 25 + asked.toMillis() / 10)));
    }
}
