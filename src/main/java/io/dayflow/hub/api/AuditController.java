package io.dayflow.hub.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditCard;
import io.dayflow.hub.audit.AuditExport;
import io.dayflow.hub.audit.AuditExport.Format;
import io.dayflow.hub.audit.AuditQuery;
import io.dayflow.hub.audit.AuditSearch;
import io.dayflow.hub.audit.ChainHead;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.audit.Verdict;
import io.dayflow.hub.audit.VerifyAudit;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.privacy.ActsFor;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did or tried what. */
@RestController
@RequestMapping("/api/integrations/audit")
@Tag(name = "Audit", description = "Who did or tried what")
class AuditController {

    private static final List<String> FORMATS = List.of("jsonl", "csv");

    private final Audit audit;
    private final AuditSearch search;
    private final AuditExport export;
    private final VerifyAudit verification;
    private final ActsFor actsFor;

    AuditController(Audit audit, AuditSearch search, AuditExport export, VerifyAudit verification, ActsFor actsFor) {
        this.audit = audit;
        this.search = search;
        this.export = export;
        this.verification = verification;
        this.actsFor = actsFor;
    }

    /** The conditions of an address. */
    record Conditions(
            @Nullable String userId,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String object,
            @Nullable String from,
            @Nullable String to,
            @Nullable String q) {

        AuditQuery of(Caller caller) {
            var named = QueryParameters.id("userId", userId);
            if (named != null && !caller.operator() && !named.equals(caller.userId())) {
                throw new AccessDeniedException("for operators");
            }
            return new AuditQuery(
                    named == null && caller.everybodys() ? null : Objects.requireNonNullElse(named, caller.userId()),
                    named == null && caller.operator(),
                    QueryParameters.text("actor", actor),
                    QueryParameters.text("action", action),
                    QueryParameters.text("object", object),
                    QueryParameters.instant("from", from),
                    QueryParameters.instant("to", to),
                    QueryParameters.text("q", q));
        }
    }

    @GetMapping
    @Operation(
            summary = "The audit trail, latest first",
            description =
                    "A user sees the own affairs, an operator all, or those of userId; with the service token it is those of"
                            + " X-User-Id and what is nobody's, or those of userId. q finds lines that have all of"
                            + " its words, each as the beginning of a word. from is included, to is not.")
    Page<AuditCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String object,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var query = new Conditions(userId, actor, action, object, from, to, q).of(caller);
        var page = QueryParameters.pageByNumber(limit, "cursor", cursor);
        tell(caller, query);
        return search.list(query, page);
    }

    @GetMapping("/export")
    @Operation(
            summary = "All lines that fit, as a file",
            description = "The conditions are those of the list. The type is that of format, whatever is accepted.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    void export(
            @AuthenticationPrincipal Caller caller,
            @Schema(allowableValues = {"jsonl", "csv"}) @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String object,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String q,
            HttpServletResponse response)
            throws IOException {
        var query = new Conditions(userId, actor, action, object, from, to, q).of(caller);
        boolean csv = "csv".equals(QueryParameters.choice("format", format, FORMATS));
        tell(caller, query);
        response.setContentType(csv ? "text/csv" : "application/x-ndjson");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + (csv ? "csv" : "jsonl") + "\"");
        export.write(query, csv ? Format.CSV : Format.JSONL, response.getWriter());
    }

    /** Of a user whom an operator names by {@code userId}. */
    private void tell(Caller caller, AuditQuery query) {
        if (caller.everybodys() && query.userId() != null) {
            actsFor.tell(query.userId());
        }
    }

    @Schema(name = "AuditVerification")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Verification(
            @Schema(
                    description =
                            "sound; broken: it was tampered with; unknown: the expected head is too old to compare")
            String verdict,

            @Schema(description = "How many lines the chain has") @Nullable
            Long lines,

            @Schema(description = "The newest line: note it elsewhere, and give it as expectHead the next time")
            @Nullable
            ChainHead head,

            @Schema(description = "The last line that retention removed") @Nullable
            ChainHead anchor,

            @Schema(description = "Lines that were erased in part or whole") @Nullable
            Long erased,

            @Schema(description = "Lines that are too new to be in the chain") @Nullable
            Long unsealed,

            @Schema(description = "The first place that does not fit") @Nullable
            Long brokenAt,

            @Nullable Long auditId,
            @Nullable String reason) {

        static Verification of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Sound s ->
                    new Verification(
                            "sound", s.lines(), s.head(), s.anchor(), s.erased(), s.unsealed(), null, null, null);
                case Verdict.Broken b ->
                    new Verification("broken", null, null, null, null, null, b.sequence(), b.auditId(), b.reason());
                case Verdict.Unknown u ->
                    new Verification("unknown", null, null, null, null, null, null, null, u.reason());
            };
        }
    }

    @GetMapping("/verification")
    @Operation(
            summary = "Whether the trail is as it was written",
            description = "Walks the whole chain of hashes. For operators. expectHead is a head noted earlier, as"
                    + " <sequence>:<hash>: without one, lines cut off the end may not show.")
    Verification verify(
            @AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String expectHead) {
        if (!caller.operator()) {
            throw new AccessDeniedException("for operators");
        }
        var verdict = Verification.of(verification.verify(expected(expectHead)));
        audit.record(Deed.AUDIT_VERIFIED, null, null, null, Map.of("verdict", verdict.verdict()));
        return verdict;
    }

    private static @Nullable ChainHead expected(@Nullable String text) {
        try {
            return text == null ? null : ChainHead.parse(text);
        } catch (IllegalArgumentException no) {
            throw new InvalidRequest("expectHead", "must be <sequence>:<hash>");
        }
    }
}
