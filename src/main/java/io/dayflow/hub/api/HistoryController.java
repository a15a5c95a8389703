package io.dayflow.hub.api;

import io.dayflow.hub.job.JobCard;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.job.UndoJob;
import io.dayflow.hub.journal.Journal;
import io.dayflow.hub.journal.JournalEntry;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the hub wrote. */
@RestController
@Tag(name = "History", description = "Every write that the hub made on any side")
class HistoryController {

    private final Journal journal;
    private final UndoJob undo;
    private final Jobs jobs;

    HistoryController(Journal journal, UndoJob undo, Jobs jobs) {
        this.journal = journal;
        this.undo = undo;
        this.jobs = jobs;
    }

    @Schema(name = "UndoRequest")
    record UndoRequest(
            @Schema(description = "Only show what would be written, and what cannot be restored") @Nullable
            Boolean preview) {}

    @PostMapping("/api/integrations/history/{entryId}/undo")
    @Operation(
            summary = "Take one write back",
            description = "By the rules of undoing a run; answers the job that did it, or with preview shows it.")
    JobCard undo(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String entryId,
            @RequestBody(required = false) @Nullable UndoRequest request) {
        boolean preview = request != null && Boolean.TRUE.equals(request.preview());
        var job = undo.undoEntry(caller.userId(), QueryParameters.pathNumber(entryId, "entry"), preview);
        return jobs.find(caller.userId(), job).orElseThrow(() -> new NotFound("There is no such job."));
    }

    @GetMapping("/api/integrations/history")
    @Operation(summary = "The journal, latest first")
    Page<JournalEntry> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String itemId,
            @RequestParam(required = false) @Nullable String jobId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return journal.list(
                caller.userId(),
                QueryParameters.id("itemId", itemId),
                QueryParameters.id("jobId", jobId),
                QueryParameters.pageByNumber(limit, "cursor", cursor));
    }
}
