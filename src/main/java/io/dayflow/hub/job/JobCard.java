package io.dayflow.hub.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as its user sees it. */
@Schema(name = "Job", description = "One run of a sync")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobCard(
        UUID jobId,
        UUID integrationId,
        String service,

        @Schema(allowableValues = {"full_sync", "incremental_sync", "manual_sync", "webhook", "undo", "sweep"})
        String operation,

        @Schema(allowableValues = {"full", "incremental", "sweep"})
        String mode,

        @Schema(allowableValues = {"pending", "running", "paused", "held", "completed", "failed", "cancelled"})
        String status,

        @Schema(description = "It shows what would happen and writes nothing")
        boolean preview,

        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Progress progress,
        Counts counts,

        @Schema(description = "What a held job waits for, or null", type = "object") @Nullable
        JsonNode held,

        @Nullable Trouble error,

        @Schema(
                description = "How a completed run ended: partial if some of it failed; null for every other",
                allowableValues = {"complete", "partial"})
        @Nullable
        String outcome,

        @Schema(description = "The job that this one takes back, or null") @Nullable
        UUID undoes,

        @Schema(description = "The entry of the history that this one takes back, or null") @Nullable
        Long undoesEntry) {

    /** @param total null while it is not known */
    @Schema(name = "JobProgress")
    public record Progress(
            long done,
            @Nullable Long total,
            String unit,

            @Schema(description = "How many in a minute since the run was last taken up; null while that is not known")
            @Nullable
            Long perMinute,

            @Schema(
                    description =
                            "How long it will still take at that rate, and no shorter than the service's request limit"
                                    + " or its wish to be left alone allow; null while that is not known")
            @Nullable
            Long secondsLeft) {}

    @Schema(name = "JobCounts")
    public record Counts(
            long read,
            long created,
            long updated,
            long deleted,
            long unchanged,
            long conflicts,
            long failed,
            long pushed,

            @Schema(
                    description =
                            "What a sweep found to differ on a side although nobody had told of it; it counts where"
                                    + " else it belongs too, for example as updated or pushed")
            long repaired) {}

    /** @param type for example {@code network_error} */
    @Schema(name = "JobError")
    public record Trouble(String type, String message) {}
}
