package io.dayflow.hub.deleted;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the audit trail what was restored, in the same transaction: the engine itself knows of no trail. */
@Component
@Primary
class AuditedRestore implements RestoreItem {

    private final RestoreItem engine;
    private final TransactionTemplate transaction;
    private final Audit audit;

    AuditedRestore(@Qualifier("restore") RestoreItem engine, TransactionTemplate transaction, Audit audit) {
        this.engine = engine;
        this.transaction = transaction;
        this.audit = audit;
    }

    @Override
    public void restore(UUID userId, UUID itemId) {
        transaction.executeWithoutResult(status -> {
            engine.restore(userId, itemId);
            audit.record(Deed.ITEM_RESTORED, userId, null, AuditLine.object("item", itemId), Map.of());
        });
    }
}
