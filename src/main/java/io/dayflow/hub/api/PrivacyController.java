package io.dayflow.hub.api;

import io.dayflow.hub.consent.ConsentCard;
import io.dayflow.hub.consent.Consents;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.privacy.ActsFor;
import io.dayflow.hub.privacy.Compliance;
import io.dayflow.hub.privacy.ComplianceReport;
import io.dayflow.hub.privacy.Erase;
import io.dayflow.hub.privacy.Export;
import io.dayflow.hub.privacy.ProcessingRecord;
import io.dayflow.hub.privacy.ReceiptCard;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a person may ask of those who hold their data. */
@RestController
@RequestMapping("/api/integrations")
@Tag(name = "Privacy", description = "A copy of everything that is held about a user, and its erasure")
class PrivacyController {

    /** No user's: who looks at them is noted nowhere, or an erasure would be followed by a new note of its user. */
    static final String RECEIPTS = "/api/integrations/data/receipts/**";

    private final Export export;
    private final Erase erase;
    private final Consents consents;
    private final Compliance compliance;
    private final ProcessingRecord record;
    private final ActsFor actsFor;

    PrivacyController(
            Export export,
            Erase erase,
            Consents consents,
            Compliance compliance,
            ProcessingRecord record,
            ActsFor actsFor) {
        this.export = export;
        this.erase = erase;
        this.consents = consents;
        this.compliance = compliance;
        this.record = record;
        this.actsFor = actsFor;
    }

    @GetMapping("/consents")
    @Operation(summary = "Which access the user allowed, latest first, ended consents too")
    Page<ConsentCard> consents(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return consents.list(caller.userId(), QueryParameters.pageById(limit, cursor));
    }

    @GetMapping("/export")
    @Operation(
            summary = "Everything that is held about the user",
            description =
                    "A ZIP of JSON, one file for each kind, and one iCalendar file of all events and tasks. One at a"
                            + " time for a user.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "409", description = "An export of this user, or an erasure, is under way")
    void export(@AuthenticationPrincipal Caller caller, HttpServletResponse response) throws IOException {
        export.write(caller.userId(), () -> {
            response.setContentType("application/zip");
            response.setHeader("Content-Disposition", "attachment; filename=\"dayflow-hub-export.zip\"");
            response.setHeader("Cache-Control", "no-store");
            return response.getOutputStream();
        });
    }

    @DeleteMapping("/data")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "The user is the last operator who can sign in")
    @Operation(
            summary = "Erase everything that is held about the user",
            description =
                    "Ends all connections, gives permissions back to the services, and removes every row of the hub"
                            + " about the user. DayFlow's own rows stay unless dayflow=remove; then the user goes too. Asked again"
                            + " while it runs, it is the same erasure, and the first choice counts. Until it is done, calls that"
                            + " would add anything are refused with 409.")
    ReceiptCard erase(
            @AuthenticationPrincipal Caller caller,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"keep", "remove"},
                                            defaultValue = "keep"))
                    @RequestParam(required = false)
                    @Nullable
                    String dayflow) {
        var choice = QueryParameters.word("dayflow", dayflow, List.of("keep", "remove"));
        return erase.ask(caller.userId(), "remove".equals(choice) ? Erase.Dayflow.REMOVE : Erase.Dayflow.KEEP);
    }

    @GetMapping("/data/receipts")
    @Operation(summary = "Receipts of erasures: the user's own that runs; for an operator all, latest first")
    Page<ReceiptCard> receipts(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return erase.receipts(caller.userId(), caller.everybodys(), QueryParameters.pageById(limit, cursor));
    }

    @GetMapping("/data/receipts/{id}")
    @Operation(
            summary = "What an erasure did",
            description =
                    "While it runs its user and operators see it; once it is done nobody's name is on it, and whoever"
                            + " knows the id may read it.")
    ReceiptCard receipt(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return erase.receipt(caller.userId(), caller.everybodys(), QueryParameters.pathId(id, "receipt"));
    }

    @GetMapping("/compliance")
    @Operation(
            summary = "Who accessed, exported, deleted or allowed what",
            description = "From the audit trail, latest first. A user sees the own affairs; an operator everybody's, or"
                    + " with userId one user's.")
    ComplianceReport compliance(
            @AuthenticationPrincipal Caller caller,
            @Parameter(description = "RFC 3339, inclusive") @RequestParam String from,
            @Parameter(description = "RFC 3339, exclusive") @RequestParam String to,
            @RequestParam(required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var named = QueryParameters.id("userId", userId);
        if (named != null && caller.everybodys()) {
            actsFor.tell(named);
        }
        return compliance.report(
                caller,
                named,
                Objects.requireNonNull(QueryParameters.instant("from", from)),
                Objects.requireNonNull(QueryParameters.instant("to", to)),
                QueryParameters.pageByNumber(limit, "cursor", cursor));
    }

    @GetMapping("/privacy/processing-record")
    @Operation(
            summary = "What this hub does with personal data",
            description = "Every table with what it holds, how long and what an erasure does with it; the services that"
                    + " data go to; the measures. Says nothing about any person.")
    ProcessingRecord.Document processingRecord() {
        return record.document();
    }
}
