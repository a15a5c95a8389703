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

        @Schema(description = "Who acted: a user's id, operator, an operator's name, hub, anonymous, or erased")
        String actor,

        @Schema(description = "For example webhook.refused") String action,

        @Nullable String service,

        @Schema(description = "What it was done to, for example connection:<id>") @Nullable
        String object,

        @Schema(type = "object") ObjectNode detail,
        @Nullable String remote,

        @Schema(description = "The program that asked, as it calls itself") @Nullable
        String agent,

        @Schema(description = "Its place in the chain; null until it is sealed, some seconds after it was written")
        @Nullable
        Long sequence,

        @Schema(description = "SHA-256 over the line and the hash of the one before, hexadecimal; null until sealed")
        @Nullable
        String hash,

        @Schema(description = "When what it said about a person was erased; null: it was not") @Nullable
        Instant erasedAt) {}
