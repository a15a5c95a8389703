package io.dayflow.hub.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One write that the hub made. */
@Schema(name = "JournalEntry")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JournalEntry(
        @Schema(description = "Names it in POST /api/integrations/history/{id}/undo")
        long id,

        Instant at,
        @Nullable UUID jobId,
        UUID itemId,

        @Schema(description = "dayflow, or the id of an integration")
        String side,

        @Schema(allowableValues = {"create", "update", "delete"})
        String operation,

        @Schema(type = "object") @Nullable JsonNode before,
        @Schema(type = "object") @Nullable JsonNode after,
        String cause) {}
