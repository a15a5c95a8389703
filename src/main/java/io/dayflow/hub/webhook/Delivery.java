package io.dayflow.hub.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was verified and is to be stored.
 *
 * @param connectionId the connection that the called address names; null where it names none
 * @param deliveryId the same when the service delivers the same event again
 * @param body as it was sent; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go from the request to the database, and are compared by nobody
record Delivery(
        UUID id, String provider, @Nullable UUID connectionId, String deliveryId, byte[] body, Instant receivedAt) {}
