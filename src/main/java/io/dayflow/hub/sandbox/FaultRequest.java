package io.dayflow.hub.sandbox;

import io.dayflow.hub.refusal.InvalidRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** The body of {@code PUT /sandbox/{service}/faults}; an empty object clears. */
record FaultRequest(
        @Nullable Integer status,
        @Nullable Integer retryAfter,
        @Nullable Integer times,
        @Nullable Boolean loseAnswer,
        @Nullable String delay,
        @Nullable Boolean expireCursor,
        @Nullable Boolean expireToken,
        @Nullable Boolean revokeToken,
        @Nullable Boolean dropWebhooks,
        @Nullable Integer duplicateWebhooks,
        @Nullable Boolean reorderWebhooks,
        @Nullable String account) {

    private static final int TOO_MANY_REQUESTS = 429;

    Faults faults() {
        within("status", status, 400, 599);
        within("retryAfter", retryAfter, 0, 86_400);
        within("times", times, 1, 1_000_000);
        within("duplicateWebhooks", duplicateWebhooks, 0, 1_000);
        return new Faults(
                status == null && retryAfter != null ? Integer.valueOf(TOO_MANY_REQUESTS) : status,
                retryAfter,
                times,
                yes(loseAnswer),
                pause(),
                yes(expireToken),
                yes(revokeToken),
                yes(dropWebhooks),
                duplicateWebhooks == null ? 0 : duplicateWebhooks,
                yes(reorderWebhooks),
                account);
    }

    boolean cursors() {
        return yes(expireCursor);
    }

    private Duration pause() {
        if (delay == null) {
            return Duration.ZERO;
        }
        try {
            var pause = DurationStyle.SIMPLE.parse(delay);
            if (!pause.isNegative() && pause.compareTo(Duration.ofMinutes(2)) <= 0) {
                return pause;
            }
        } catch (IllegalArgumentException other) {
            // is told below
        }
        throw new InvalidRequest("delay", "takes a time up to 2m with its unit, for example 500ms or 2s");
    }

    private static void within(String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new InvalidRequest(field, "takes a number from " + least + " to " + most);
        }
    }

    private static boolean yes(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
