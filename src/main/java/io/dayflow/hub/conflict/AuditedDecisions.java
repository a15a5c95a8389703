package io.dayflow.hub.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries decisions out and tells the audit trail of them, each in one transaction. Names fields, never their values. */
@Component
class AuditedDecisions {

    private static final Logger log = LoggerFactory.getLogger(AuditedDecisions.class);

    private final ResolveConflict resolve;
    private final BringBack bringBack;
    private final SettleAlways always;
    private final TransactionTemplate transaction;
    private final TransactionTemplate part;
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
        this.part = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.part.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.audit = audit;
    }

    /** @throws ConflictingState if the conflict shows something else from now on */
    void resolve(UUID userId, ConflictCard conflict, Resolution resolution, Map<String, JsonNode> values) {
        shown(transaction.execute(status -> isDecided(userId, conflict, resolution, values)));
    }

    /**
     * Decides this conflict and has its fields decided so from now on, and decides those of {@code others} that can be.
     *
     * @throws ConflictingState if the conflict shows something else from now on; then nothing is decided
     */
    void settle(
            UUID userId, ConflictCard conflict, List<ConflictCard> others, Set<String> fields, Resolution resolution) {
        shown(transaction.execute(status -> {
            if (!isDecided(userId, conflict, resolution, Map.of())) {
                return false;
            }
            others.forEach(other -> tryResolve(userId, other, resolution));
            always.settle(userId, conflict.integrationId(), fields, resolution);
            tell(Deed.CONFLICT_DECIDED_ALWAYS, userId, conflict, resolution);
            return true;
        }));
    }

    private boolean isDecided(UUID userId, ConflictCard conflict, Resolution resolution, Map<String, JsonNode> values) {
        boolean decided = resolve.resolve(userId, conflict.conflictId(), resolution, values);
        if (decided) {
            tell(Deed.CONFLICT_DECIDED, userId, conflict, resolution);
        }
        return decided;
    }

    private static void shown(@Nullable Boolean decided) {
        if (!Boolean.TRUE.equals(decided)) {
            throw new ConflictingState("The item was edited just now. Look at the conflict again before you decide.");
        }
    }

    /** What of it fails is taken back, without the rest. */
    private void tryResolve(UUID userId, ConflictCard conflict, Resolution resolution) {
        try {
            part.executeWithoutResult(status -> isDecided(userId, conflict, resolution, Map.of()));
        } catch (NotFound | ConflictingState | InvalidRequest e) {
            // decided or edited meanwhile: the setting, or a person, decides it
            log.info("conflict {} was not decided along with another: {}", conflict.conflictId(), e.getMessage());
        }
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
