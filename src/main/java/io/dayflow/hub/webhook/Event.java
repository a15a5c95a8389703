package io.dayflow.hub.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored delivery that is worked on.
 *
 * @param connectionId the connection that the called address named; null where it named none
 * @param attempts how often it could not be understood
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record Event(UUID id, @Nullable UUID connectionId, byte[] body, Instant receivedAt, int attempts) {

    /** For Hawtio and logs: nothing of the body. */
    @Override
    public String toString() {
        return "Event[" + id + "]";
    }
}
