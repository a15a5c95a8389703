package io.dayflow.hub.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An endpoint as its owner sees it: everything but its secret. */
@Schema(name = "WebhookEndpoint", description = "An address that is told what happens")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EndpointCard(
        UUID endpointId,
        String url,

        @Schema(
                description = "own: the events of its user; all: those of everybody",
                allowableValues = {"own", "all"})
        String scope,

        List<EndpointEvent> events,
        String description,
        boolean active,

        @Schema(description = "The first failure since the last success, or null") @Nullable
        Instant failingSince,

        @Schema(
                description = "Why the hub switched it off: it answered 410, or failed for days; null where it did not",
                allowableValues = {"gone", "failing"})
        @Nullable
        String disabledWhy,

        @Nullable Instant disabledAt,

        @Schema(description = "Until when the secret before the present one signs too, or null") @Nullable
        Instant oldSecretUntil,

        @Schema(description = "How many messages wait to be sent")
        long waiting,

        Instant createdAt) {}
