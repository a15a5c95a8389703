package io.dayflow.hub.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dayflow.hub.audit.AuditCard;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who accessed, exported, deleted or allowed what in a time. */
@Schema(description = "Who accessed, exported, deleted or allowed what, latest first")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ComplianceReport(
        Instant from,
        Instant to,

        @Schema(description = "Whose affairs; null: everybody's") @Nullable
        UUID userId,

        @Schema(
                description = "Lines of the whole time by kind: access, export, deletion, consent, refusal, change;"
                        + " and in each by action")
        Map<String, Map<String, Long>> totals,

        List<Entry> items,
        @Nullable String nextCursor) {

    public ComplianceReport {
        items = List.copyOf(items);
    }

    /** @param kind what the line is for this report */
    @Schema(name = "ComplianceEntry")
    public record Entry(
            @Schema(allowableValues = {"access", "export", "deletion", "consent", "refusal", "change"})
            String kind,

            AuditCard line) {}
}
