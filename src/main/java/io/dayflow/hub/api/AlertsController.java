package io.dayflow.hub.api;

import io.dayflow.hub.alert.AlertCard;
import io.dayflow.hub.alert.Alerts;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts and their acknowledgement. */
@RestController
@RequestMapping("/api/integrations/alerts")
@Tag(name = "Alerts", description = "What happened more often than it should")
class AlertsController {

    private final Alerts alerts;

    AlertsController(Alerts alerts) {
        this.alerts = alerts;
    }

    @Schema(name = "AlertChange")
    record Change(@NotNull(message = "is needed: true") Boolean acknowledged) {}

    @GetMapping
    @Operation(
            summary = "Alerts, the one that happened last first",
            description =
                    "An operator sees all, a user those about the own affairs; with the service token it is those of"
                            + " X-User-Id and what is nobody's.")
    Page<AlertCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String severity,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return alerts.list(
                caller,
                QueryParameters.choice("status", status, List.of("open", "acknowledged")),
                QueryParameters.choice("severity", severity, List.of("low", "medium", "high", "critical")),
                QueryParameters.pageById(limit, cursor));
    }

    @PutMapping("/{alertId}")
    @Operation(
            summary = "Acknowledge it",
            description = "What happens from then on is counted anew and is another alert.")
    AlertCard acknowledge(
            @AuthenticationPrincipal Caller caller, @PathVariable String alertId, @RequestBody @Valid Change change) {
        if (!change.acknowledged()) {
            throw new InvalidRequest("acknowledged", "must be true: what was seen cannot be unseen");
        }
        return alerts.acknowledge(caller, QueryParameters.pathId(alertId, "alert"));
    }
}
