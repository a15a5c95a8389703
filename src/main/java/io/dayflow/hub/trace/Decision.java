package io.dayflow.hub.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that was decided about an item, or befell it. */
@Schema(name = "TraceDecision")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Decision(
        Instant at,

        @Schema(description = "dayflow, or the id of an integration")
        String side,

        @Schema(
                allowableValues = {
                    "known",
                    "linked",
                    "create",
                    "update",
                    "delete",
                    "conflict_opened",
                    "conflict_settled",
                    "refused",
                    "unreadable",
                    "copy_gone",
                    "deleted"
                })
        String event,

        @Schema(description = "Why, or which fields: a cause, a resolution, a reason of the service") @Nullable
        String detail,

        @Schema(description = "The run that it belongs to, or null") @Nullable
        UUID jobId,

        @Schema(description = "What tells more: the id of a history entry, conflict or dead letter, or null") @Nullable
        String reference) {}
