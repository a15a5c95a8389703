package io.dayflow.hub.api;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditCard;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did or tried what. */
@RestController
@Tag(name = "Audit", description = "Who did or tried what")
class AuditController {

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/api/integrations/audit")
    @Operation(
            summary = "The audit trail, latest first",
            description = "A user reads the lines about the own affairs, an operator all.")
    Page<AuditCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return audit.list(caller.userId(), caller.operator(), QueryParameters.pageByNumber(limit, "cursor", cursor));
    }
}
