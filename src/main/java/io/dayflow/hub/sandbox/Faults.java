package io.dayflow.hub.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a stand-in does wrong.
 *
 * @param status what is answered instead, without doing anything
 * @param retryAfter seconds that such an answer asks to wait
 * @param times how many requests are concerned (for webhooks: how many events); null until cleared
 * @param loseAnswer a request that changes something is carried out and not answered
 * @param delay waits before every request
 * @param expireToken every token is refused as expired
 * @param revokeToken every token is refused as unknown
 * @param dropWebhooks no event is delivered
 * @param duplicateWebhooks how many times more than once an event is delivered
 * @param reorderWebhooks events that happen close together are delivered last first
 * @param account the only account concerned; null for all
 */
public record Faults(
        @Nullable Integer status,
        @Nullable Integer retryAfter,
        @Nullable Integer times,
        boolean loseAnswer,
        Duration delay,
        boolean expireToken,
        boolean revokeToken,
        boolean dropWebhooks,
        int duplicateWebhooks,
        boolean reorderWebhooks,
        @Nullable String account) {

    /** Nothing wrong. */
    static final Faults NONE = new Faults(null, null, null, false, Duration.ZERO, false, false, false, 0, false, null);

    boolean concerns(@Nullable String asking) {
        return account == null || account.equals(asking);
    }

    /** Whether any request fares otherwise; {@code writes} tells whether it changes something. */
    boolean spoils(boolean writes) {
        return status != null || !delay.isZero() || expireToken || revokeToken || (loseAnswer && writes);
    }

    boolean spoilsEvents() {
        return dropWebhooks || duplicateWebhooks > 0 || reorderWebhooks;
    }
}
