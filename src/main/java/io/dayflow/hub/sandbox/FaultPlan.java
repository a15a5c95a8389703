package io.dayflow.hub.sandbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts for how many requests and events a stand-in misbehaves. Thread-safe. */
public final class FaultPlan {

    private static final int EVER = -1;

    private Faults faults = Faults.NONE;
    private int requestsLeft;
    private int eventsLeft;
    private Instant since = Instant.EPOCH;

    /**
     * What becomes of one request.
     *
     * @param status to be answered instead; null to do what is asked
     * @param lose whether the answer is to be lost
     */
    public record Fate(
            Duration delay,
            @Nullable Integer status,
            @Nullable Integer retryAfter,
            boolean tokenExpired,
            boolean tokenRevoked,
            boolean lose) {

        public static final Fate FINE = new Fate(Duration.ZERO, null, null, false, false, false);
    }

    /** What becomes of one event: how often it is delivered, and whether it may be overtaken. */
    public record EventFate(int deliveries, boolean reorder) {

        static final EventFate FINE = new EventFate(1, false);
    }

    /** From now on these, instead of whatever was set before. A lost answer happens once unless a number is given. */
    public synchronized void set(Faults next) {
        faults = next;
        since = Instant.now();
        requestsLeft = next.times() != null ? next.times() : next.loseAnswer() ? 1 : EVER;
        eventsLeft = next.times() != null ? next.times() : EVER;
    }

    /** When the faults were set: tokens that were given later are none of those that expired or were revoked. */
    public synchronized Instant since() {
        return since;
    }

    /** Whether an account's tokens are revoked, refresh tokens with them. */
    public synchronized boolean revokes(String account) {
        return requestsLeft != 0 && faults.revokeToken() && faults.concerns(account);
    }

    /** The fate of the next request. */
    public synchronized Fate next(@Nullable String account, boolean writes) {
        if (requestsLeft == 0 || !faults.concerns(account) || !faults.spoils(writes)) {
            return Fate.FINE;
        }
        if (requestsLeft > 0) {
            requestsLeft--;
        }
        return new Fate(
                faults.delay(),
                faults.status(),
                faults.retryAfter(),
                faults.expireToken(),
                faults.revokeToken(),
                faults.loseAnswer() && writes);
    }

    /** The fate of the next event. */
    public synchronized EventFate nextEvent(String account) {
        if (eventsLeft == 0 || !faults.concerns(account) || !faults.spoilsEvents()) {
            return EventFate.FINE;
        }
        if (eventsLeft > 0) {
            eventsLeft--;
        }
        return new EventFate(faults.dropWebhooks() ? 0 : 1 + faults.duplicateWebhooks(), faults.reorderWebhooks());
    }
}
