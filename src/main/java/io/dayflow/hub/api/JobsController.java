package io.dayflow.hub.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dayflow.hub.job.ControlJob;
import io.dayflow.hub.job.JobCard;
import io.dayflow.hub.job.JobChange;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.job.StartJob;
import io.dayflow.hub.job.StartJob.Mode;
import io.dayflow.hub.job.UndoJob;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs: asking for them, watching and steering them. */
@RestController
@RequestMapping("/api/integrations")
@Tag(name = "Jobs", description = "Runs of a sync")
class JobsController {

    private static final List<String> STATUSES =
            List.of("pending", "running", "paused", "held", "completed", "failed", "cancelled");

    private final Jobs jobs;
    private final StartJob startJob;
    private final ControlJob control;
    private final UndoJob undo;

    JobsController(Jobs jobs, StartJob startJob, ControlJob control, UndoJob undo) {
        this.jobs = jobs;
        this.startJob = startJob;
        this.control = control;
        this.undo = undo;
    }

    @Schema(name = "SyncRequest")
    record SyncRequest(
            @NotNull(message = "is needed") UUID integrationId,

            @Schema(
                    description =
                            "incremental, the default, reads what changed; full everything; sweep also compares both sides with"
                                    + " what was last agreed and counts what it repaired")
            @Nullable
            Mode mode,

            @Schema(description = "Show what would happen and write nothing") @Nullable
            Boolean preview) {}

    @Schema(name = "SyncStarted")
    record Started(UUID jobId) {}

    @Schema(name = "JobAction")
    record ActionRequest(
            @NotNull(message = "is needed: pause, resume, cancel, confirm or undo")
            ControlJob.Action action,

            @Schema(description = "With undo: only show what would be written, and what cannot be restored") @Nullable
            Boolean preview) {}

    @Schema(name = "JobDetail")
    record Detail(@JsonUnwrapped JobCard job, Page<JobChange> changes) {}

    @PostMapping("/sync")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Start a run",
            description = "Asked for explicitly, the first run that is no preview is the confirmation that the account"
                    + " may be read and written. An account runs once at a time: while a run is open, that one's id is"
                    + " the answer.")
    Started sync(@AuthenticationPrincipal Caller caller, @Valid @RequestBody SyncRequest request) {
        return start(startJob, caller, request.integrationId(), request.mode(), Boolean.TRUE.equals(request.preview()));
    }

    static Started start(StartJob startJob, Caller caller, UUID integrationId, @Nullable Mode mode, boolean preview) {
        var operation = switch (mode) {
            case null -> StartJob.Operation.MANUAL_SYNC;
            case FULL -> StartJob.Operation.FULL_SYNC;
            case INCREMENTAL -> StartJob.Operation.INCREMENTAL_SYNC;
            case SWEEP -> StartJob.Operation.SWEEP;
        };
        return new Started(startJob.start(
                caller.userId(), integrationId, mode == null ? Mode.INCREMENTAL : mode, preview, operation));
    }

    @GetMapping("/jobs")
    @Operation(summary = "Runs, latest first")
    Page<JobCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String integrationId,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return jobs.list(
                caller.userId(),
                QueryParameters.id("integrationId", integrationId),
                QueryParameters.choice("status", status, STATUSES),
                QueryParameters.pageById(limit, cursor));
    }

    @GetMapping("/jobs/{jobId}")
    @Operation(
            summary = "A run with what it changed",
            description = "changes is a list of its own; its nextCursor goes into changesCursor.")
    Detail one(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String jobId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String changesCursor) {
        var page = QueryParameters.pageByNumber(limit, "changesCursor", changesCursor);
        var job = find(caller, QueryParameters.pathId(jobId, "job"));
        return new Detail(job, jobs.changes(caller.userId(), job, page));
    }

    @PutMapping("/sync/{jobId}")
    @Operation(
            summary = "Steer a run",
            description = "pause, resume and cancel take effect at the next page. confirm lets a held run go on, or"
                    + " starts the run, or the undo, that a preview showed. undo writes the values from before the run"
                    + " back as a new edit and answers the job that did it; what was edited since stays. With preview it"
                    + " writes nothing: changes of the answered job say what would be written and, with reasons, what"
                    + " cannot be restored.")
    JobCard steer(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String jobId,
            @Valid @RequestBody ActionRequest request) {
        var id = QueryParameters.pathId(jobId, "job");
        if (request.preview() != null && request.action() != ControlJob.Action.UNDO) {
            throw new InvalidRequest("preview", "goes with the action undo only");
        }
        if (Boolean.TRUE.equals(request.preview())) {
            return find(caller, undo.undo(caller.userId(), id, true));
        }
        return find(caller, control.control(caller.userId(), id, request.action()));
    }

    private JobCard find(Caller caller, UUID jobId) {
        return jobs.find(caller.userId(), jobId).orElseThrow(() -> new NotFound("There is no such job."));
    }
}
