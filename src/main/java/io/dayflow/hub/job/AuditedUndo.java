package io.dayflow.hub.job;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the audit trail what was taken back, in the same transaction: the engine itself knows of no trail. */
@Component
@Primary
class AuditedUndo implements UndoJob {

    private final UndoJob engine;
    private final TransactionTemplate transaction;
    private final Audit audit;

    AuditedUndo(@Qualifier("undo") UndoJob engine, TransactionTemplate transaction, Audit audit) {
        this.engine = engine;
        this.transaction = transaction;
        this.audit = audit;
    }

    @Override
    public UUID undo(UUID userId, UUID jobId, boolean preview) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var made = engine.undo(userId, jobId, preview);
            tell(preview ? Deed.UNDO_PREVIEWED : Deed.SYNC_UNDONE, userId, AuditLine.object("job", jobId), made);
            return made;
        }));
    }

    @Override
    public UUID undoEntry(UUID userId, long entryId, boolean preview) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var made = engine.undoEntry(userId, entryId, preview);
            tell(preview ? Deed.UNDO_PREVIEWED : Deed.WRITE_UNDONE, userId, AuditLine.object("entry", entryId), made);
            return made;
        }));
    }

    private void tell(Deed deed, UUID userId, String object, UUID job) {
        audit.record(deed, userId, null, object, Map.of("by", AuditLine.object("job", job)));
    }
}
