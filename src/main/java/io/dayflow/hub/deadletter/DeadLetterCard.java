package io.dayflow.hub.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dead letter as its user sees it. */
@Schema(name = "DeadLetter", description = "A message that failed for good")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeadLetterCard(
        UUID deadLetterId,
        UUID integrationId,
        @Nullable UUID jobId,
        @Nullable UUID itemId,

        @Schema(
                allowableValues = {"inbound", "outbound"},
                description = "inbound: read from the service; outbound: to be written there")
        String direction,

        String externalId,

        @Schema(description = "The kind of fault, for example rejected")
        String fault,

        String message,

        @Schema(description = "What could not be read or written") @Nullable
        String payload,

        int attempts,
        Instant createdAt,
        Instant lastAt) {}
