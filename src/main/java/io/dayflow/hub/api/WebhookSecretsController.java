package io.dayflow.hub.api;

import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.webhook.RotateWebhookSecret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The secrets that services sign webhooks with. */
@RestController
@Tag(name = "Webhook secrets", description = "What services sign their webhooks with")
class WebhookSecretsController {

    private static final int USUAL = 24 * 60;

    private final RotateWebhookSecret rotate;

    WebhookSecretsController(RotateWebhookSecret rotate) {
        this.rotate = rotate;
    }

    @Schema(name = "WebhookSecret", description = "Either service, for operators, or integrationId")
    record NewSecret(
            @Nullable String service,
            @Nullable UUID integrationId,

            @Schema(type = "string") @NotNull(message = "is needed")
            Secret secret,

            @Schema(
                    description = "So long those before are accepted too; at most 30 days, 0 ends all of them at once."
                            + " Absent: a day")
            @Nullable
            Integer overlapMinutes) {}

    @Schema(name = "WebhookSecretRotated")
    record Rotated(
            @Schema(description = "Until when those before are accepted too; null where there were none") @Nullable
            Instant oldSecretUntil) {}

    @PutMapping("/api/integrations/webhook-secrets")
    @Operation(
            summary = "Take a new secret of a service, or of one integration",
            description =
                    "Webhooks that are signed with the one before are accepted for a while, too. With service it is for"
                            + " operators, with integrationId for its user: then the integration's own address takes no other.")
    Rotated rotate(@AuthenticationPrincipal Caller caller, @RequestBody @Valid NewSecret wanted) {
        Duration overlap = Duration.ofMinutes(wanted.overlapMinutes() == null ? USUAL : wanted.overlapMinutes());
        UUID integrationId = wanted.integrationId();
        String service = wanted.service();
        if (integrationId != null && service == null) {
            return new Rotated(rotate.ofConnection(caller.userId(), integrationId, wanted.secret(), overlap));
        }
        if (service == null || integrationId != null) {
            throw new InvalidRequest("service", "is needed, or integrationId, and not both");
        }
        if (!caller.operator()) {
            throw new AccessDeniedException("Only operators change the secret of a service.");
        }
        return new Rotated(rotate.ofService(service, wanted.secret(), overlap));
    }
}
