package io.dayflow.hub.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries decisions out and tells the audit trail of them, each in one transaction. Names fields, never their values. */
@Component
class AuditedDecisions {

    private final ResolveConflict resolve;
    private final BringBack bringBack;
    private final SettleAlways always;
    private final TransactionTemplate transaction;
    private final Audit audit;

    AuditedDecisions(
            ResolveConflict resolve,
            BringBack bringBack,
            SettleAlways always,
            TransactionTemplate transaction,
            Audit audit) {
        this.resolve = resolve;
        this.bringBack = bringBack;
        this.always = always;
        this.transaction = transaction;
        this.audit = audit;
    }

    void resolve(UUID userId, ConflictCard conflict, Resolution resolution, Map<String, JsonNode> values) {
        transaction.executeWithoutResult(status -> {
            resolve.resolve(userId, conflict.conflictId(), resolution, values);
            tell(Deed.CONFLICT_DECIDED, userId, conflict, resolution);
        });
    }

    void settle(UUID userId, ConflictCard conflict, Set<String> fields, Resolution resolution) {
        transaction.executeWithoutResult(status -> {
            always.settle(userId, conflict.integrationId(), fields, resolution);
            tell(Deed.CONFLICT_DECIDED_ALWAYS, userId, conflict, resolution);
        });
    }

    void bringBack(UUID userId, ConflictCard conflict, Resolution resolution, Map<String, JsonNode> values) {
        transaction.executeWithoutResult(status -> {
            bringBack.bringBack(userId, conflict.conflictId(), values);
            tell(Deed.CONFLICT_BROUGHT_BACK, userId, conflict, resolution);
        });
    }

    private void tell(Deed deed, UUID userId, ConflictCard conflict, Resolution resolution) {
        audit.record(
                deed,
                userId,
                null,
                AuditLine.object("conflict", conflict.conflictId()),
                Map.of(
                        "integrationId",
                        conflict.integrationId().toString(),
                        "resolution",
                        resolution.name().toLowerCase(Locale.ROOT),
                        "fields",
                        String.join(", ", conflict.fieldNames())));
    }
}
