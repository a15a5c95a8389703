package io.dayflow.hub.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of the audit trail as people read it. */
@Schema(name = "AuditLine", description = "Something that somebody did or tried")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditCard(
        long auditId,
        Instant at,

        @Schema(description = "Whose affair it is; null: nobody's, seen by operators only") @Nullable
        UUID userId,

        @Schema(description = "Who acted: a user's id, operator, hub or anonymous")
        String actor,

        @Schema(description = "For example webhook.refused") String action,

        @Nullable String service,

        @Schema(type = "object") ObjectNode detail,
        @Nullable String remote) {}
