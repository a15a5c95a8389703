package io.dayflow.hub.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is told of an erasure. Says nothing about whose it was. */
@Schema(name = "ErasureReceipt", description = "What an erasure did. Whoever knows the id may read it once it is done")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReceiptCard(
        UUID receiptId,

        @Schema(allowableValues = {"running", "done"}) String status,

        @Schema(
                description = "stop, revoke, delete, dayflow, finish or done",
                allowableValues = {"stop", "revoke", "delete", "dayflow", "finish", "done"})
        String step,

        @Schema(
                description = "Whether the planner's own rows stay",
                allowableValues = {"keep", "remove"})
        String dayflow,

        Instant requestedAt,
        @Nullable Instant finishedAt,

        @Schema(
                type = "object",
                description =
                        "Rows that went, by table; by table and column, rows about others that named the person and do not any more")
        ObjectNode counts,

        @Schema(
                type = "object",
                description = "By service: how many permissions ended how. revoked, not_possible (only its user can end"
                        + " it there), refused, unanswered (given up),"
                        + " unreadable (what was stored does not open), typed (a token or password, forgotten here)")
        ObjectNode permissions) {}
