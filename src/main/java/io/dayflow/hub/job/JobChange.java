package io.dayflow.hub.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One write that a run made, or a preview would make; of an undo also what it leaves as it is. */
@Schema(name = "JobChange")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobChange(
        @Schema(description = "dayflow, or the id of an integration")
        String side,

        @Schema(
                description =
                        "create, update or delete; in a preview also conflict, settled (a conflict that would end), loss (what the side cannot"
                                + " hold) and hold")
        String operation,

        @Nullable UUID itemId,
        String title,
        @Schema(type = "object") @Nullable JsonNode before,
        @Schema(type = "object") @Nullable JsonNode after,

        @Schema(
                description =
                        "a preview's: the fields of a conflict or a loss, how a conflict would end, or why the run would be held")
        @Nullable
        String note,

        @Schema(
                description = "Why an undo does not write this; null where it does",
                allowableValues = {
                    "edited_later",
                    "deleted_later",
                    "forgotten",
                    "disconnected",
                    "not_written",
                    "cannot_hold",
                    "next_occurrence",
                    "older_than_run"
                })
        @Nullable
        String reason,

        @Schema(description = "The reason in a sentence") @Nullable
        String message) {}
