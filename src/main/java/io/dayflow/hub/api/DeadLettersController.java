package io.dayflow.hub.api;

import io.dayflow.hub.deadletter.DeadLetterCard;
import io.dayflow.hub.deadletter.DeadLetters;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Messages that failed for good. */
@RestController
@RequestMapping("/api/integrations/dead-letters")
@Tag(name = "Dead letters", description = "Messages that failed for good")
class DeadLettersController {

    private final DeadLetters deadLetters;

    DeadLettersController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GetMapping
    @Operation(summary = "Dead letters, latest first")
    Page<DeadLetterCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return deadLetters.list(caller.userId(), QueryParameters.pageById(limit, cursor));
    }

    @PostMapping("/{deadLetterId}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Try it again", description = "It goes when that succeeds. An operator may replay anybody's.")
    void replay(@AuthenticationPrincipal Caller caller, @PathVariable String deadLetterId) {
        deadLetters.replay(caller.userId(), caller.everybodys(), QueryParameters.pathId(deadLetterId, "dead letter"));
    }

    @DeleteMapping("/{deadLetterId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Throw it away")
    void delete(@AuthenticationPrincipal Caller caller, @PathVariable String deadLetterId) {
        deadLetters.delete(caller.userId(), QueryParameters.pathId(deadLetterId, "dead letter"));
    }
}
