package io.dayflow.hub.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message to an endpoint, and how its sending went. */
@Schema(name = "WebhookMessage", description = "What an endpoint is to be told, or was told")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MessageCard(
        @Schema(description = "The same in each attempt: the header webhook-id")
        UUID messageId,

        @Schema(allowableValues = {"job", "conflict", "integration", "alert", "ping"})
        String type,

        @Schema(description = "The id of what it is about") UUID subject,

        @Schema(
                description = "waiting to be sent or sent again, delivered, failed for good, or dropped because what it"
                        + " was about is gone",
                allowableValues = {"waiting", "delivered", "failed", "dropped"})
        String state,

        int attempts,
        Instant createdAt,
        @Nullable Instant attemptedAt,

        @Schema(description = "When it is tried again; null where it is not") @Nullable
        Instant nextAt,

        @Schema(description = "The status of the last answer; null where there was none") @Nullable
        Integer status,

        @Schema(description = "What went wrong with the last attempt, or null") @Nullable
        String problem) {}
