package io.dayflow.hub.api;

import io.dayflow.hub.deleted.DeletedCard;
import io.dayflow.hub.deleted.DeletedItems;
import io.dayflow.hub.deleted.RestoreItem;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was deleted and can be taken back. */
@RestController
@RequestMapping("/api/integrations/deleted")
@Tag(name = "Deleted items", description = "What was deleted, on whatever side, and is still kept")
class DeletedController {

    private final DeletedItems deleted;
    private final RestoreItem restore;

    DeletedController(DeletedItems deleted, RestoreItem restore) {
        this.deleted = deleted;
        this.restore = restore;
    }

    @GetMapping
    @Operation(summary = "Deleted items, latest first")
    Page<DeletedCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return deleted.list(caller.userId(), QueryParameters.pageById(limit, cursor));
    }

    @PostMapping("/{itemId}/restore")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Take a deletion back",
            description = "The item is in DayFlow again, with the id that it had, and goes to the services that had it."
                    + " 404 if it is no longer kept; 409 if it is not deleted, or a conflict asks whether it is to be.")
    void restore(@AuthenticationPrincipal Caller caller, @PathVariable String itemId) {
        restore.restore(caller.userId(), QueryParameters.pathId(itemId, "item"));
    }
}
