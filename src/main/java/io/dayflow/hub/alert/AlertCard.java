package io.dayflow.hub.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An alert as its reader sees it. */
@Schema(name = "Alert", description = "Something that happened more often than it should")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AlertCard(
        UUID alertId,

        @Schema(
                description = "What happened",
                allowableValues = {
                    "sign_in_account",
                    "sign_in_address",
                    "token_refused",
                    "webhook_signature",
                    "oauth_state",
                    "rate_limit",
                    "reads",
                    "exports",
                    "deletes",
                    "foreign_id",
                    "after_disconnect"
                })
        String rule,

        @Schema(description = "The kind of it, as DayFlow names kinds")
        AlertType type,

        @Schema(
                description = "Whom or what it is about: an account, an address, a service and an address, a user, or"
                        + " an integration; * for too many to tell apart")
        String subject,

        @Schema(description = "The user whose affair it is, or null") @Nullable
        UUID userId,

        @Schema(allowableValues = {"low", "medium", "high", "critical"})
        String severity,

        @Schema(allowableValues = {"open", "acknowledged"}) String status,

        @Schema(description = "How often it happened while the alert was open")
        long count,

        Instant firstAt,
        Instant lastAt,
        @Nullable Instant acknowledgedAt,

        @Schema(description = "The user who did, or operator; null while it is open") @Nullable
        String acknowledgedBy) {}
