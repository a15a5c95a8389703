package io.dayflow.hub.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.conflict.ConflictCard;
import io.dayflow.hub.conflict.Conflicts;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Conflicts and their decisions. */
@RestController
@RequestMapping("/api/integrations/conflicts")
@Tag(name = "Conflicts", description = "Fields that both sides changed differently")
class ConflictsController {

    private final Conflicts conflicts;

    ConflictsController(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    @Schema(name = "ConflictDecision")
    record Decision(
            @NotNull(message = "is needed: keep_dayflow, keep_external or merge")
            Resolution resolution,

            @Schema(type = "object", description = "With merge: the value of each field, by its name") @Nullable
            Map<String, JsonNode> values,

            @Schema(description = "From now on decide these fields of this connection so, without asking") @Nullable
            Boolean always) {}

    @Schema(name = "ConflictDecisions")
    record Decisions(
            @NotEmpty(message = "is needed: the ids of conflicts") @Size(max = 100, message = "takes 100 at most")
            List<@NotNull(message = "must be an id") UUID> conflictIds,

            @NotNull(message = "is needed: keep_dayflow or keep_external")
            Resolution resolution) {}

    @Schema(name = "ConflictValues")
    record Values(
            @NotNull(message = "is needed: keep_dayflow or keep_external, whose values to bring back")
            Resolution resolution) {}

    @GetMapping
    @Operation(summary = "Conflicts, latest first")
    Page<ConflictCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return conflicts.list(
                caller.userId(),
                QueryParameters.choice("status", status, List.of("open", "resolved")),
                QueryParameters.pageById(limit, cursor));
    }

    @PutMapping("/{conflictId}")
    @Operation(summary = "Decide a conflict")
    ConflictCard decide(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String conflictId,
            @Valid @RequestBody Decision decision) {
        var id = QueryParameters.pathId(conflictId, "conflict");
        if (Boolean.TRUE.equals(decision.always())) {
            if (decision.values() != null) {
                throw new InvalidRequest("values", "are not taken together with always");
            }
            return conflicts.resolveAlways(caller.userId(), id, decision.resolution());
        }
        return conflicts.resolve(
                caller.userId(), id, decision.resolution(), decision.values() == null ? Map.of() : decision.values());
    }

    @PutMapping
    @Operation(summary = "Decide many conflicts alike, each for itself")
    Conflicts.Decided decideMany(
            @AuthenticationPrincipal Caller caller,
            @Valid @RequestBody Decisions decisions,
            HttpServletRequest request) {
        var decided = conflicts.resolveAll(caller.userId(), decisions.conflictIds(), decisions.resolution());
        ApiWatch.absent(request, decided.refused().stream().map(Conflicts.Refused::conflictId));
        return decided;
    }

    @PostMapping("/{conflictId}/bring-back")
    @Operation(summary = "Make the values of one side of a decided conflict an edit of the item")
    ConflictCard bringBack(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String conflictId,
            @Valid @RequestBody Values values) {
        return conflicts.bringBack(
                caller.userId(), QueryParameters.pathId(conflictId, "conflict"), values.resolution());
    }
}
