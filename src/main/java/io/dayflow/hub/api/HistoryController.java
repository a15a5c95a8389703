package io.dayflow.hub.api;

import io.dayflow.hub.journal.Journal;
import io.dayflow.hub.journal.JournalEntry;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the hub wrote. */
@RestController
@Tag(name = "History", description = "Every write that the hub made on any side")
class HistoryController {

    private final Journal journal;

    HistoryController(Journal journal) {
        this.journal = journal;
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
