package io.dayflow.hub.privacy;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.audit.Deed;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the audit trail that an operator reads or does something for somebody else: once at once, then as a number for each
 * minute. Thread-safe.
 */
@Component
public class ActsFor {

    private final AuditThrottle throttle;
    private final Erasures erasures;

    ActsFor(AuditThrottle throttle, Erasures erasures) {
        this.throttle = throttle;
        this.erasures = erasures;
    }

    /**
     * Whoever has proved to be somebody in this thread asks for something of this user's. It is no line where they are the
     * same. A user who is gone, or whose data are being erased, is not named: nothing would take the name away again.
     */
    public void tell(UUID userId) {
        String actor = Audit.actor();
        if (actor.equals(userId.toString())) {
            return;
        }
        throttle.recordOfOperator(
                erasures.named(userId)
                        ? line(userId, actor, AuditLine.object("user", userId), Map.of())
                        : line(null, actor, null, Map.of("user", "erased")));
    }

    private static AuditLine line(
            @Nullable UUID userId, String actor, @Nullable String object, Map<String, String> detail) {
        return new AuditLine(userId, actor, Deed.OPERATOR_ACTS_FOR.id(), null, object, detail, null, null);
    }
}
