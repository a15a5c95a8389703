package io.dayflow.hub.api;

import io.dayflow.hub.security.Caller;
import io.dayflow.hub.trace.ItemTrace;
import io.dayflow.hub.trace.Traces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why an item is, or is not, the same everywhere. */
@RestController
@Tag(name = "History", description = "Every write that the hub made on any side")
class TraceController {

    private final Traces traces;

    TraceController(Traces traces) {
        this.traces = traces;
    }

    @GetMapping("/api/integrations/items/{itemId}/trace")
    @Operation(
            summary = "Why is this not synced?",
            description =
                    "For each side the present state, in a word and a sentence, and what was decided about the item,"
                            + " latest first. itemId is the id of the row in DayFlow.")
    ItemTrace trace(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String itemId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return traces.of(caller.userId(), QueryParameters.pathId(itemId, "item"), QueryParameters.page(limit, cursor));
    }
}
