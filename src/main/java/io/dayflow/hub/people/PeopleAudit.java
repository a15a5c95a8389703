package io.dayflow.hub.people;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.audit.Deed;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people do to accounts, sessions and tokens, told to the audit trail. */
@Component
class PeopleAudit {

    private static final String OPERATOR = "operator";

    private final Audit audit;
    private final AuditThrottle throttle;

    PeopleAudit(Audit audit, AuditThrottle throttle) {
        this.audit = audit;
        this.throttle = throttle;
    }

    /** By whoever asks in this thread, in the caller's transaction. */
    void record(Deed deed, @Nullable UUID owner, Map<String, ?> detail) {
        audit.record(deed, owner, null, null, detail);
    }

    /** By a person who is known otherwise than by the thread. */
    void record(Deed deed, SignedIn person, Map<String, ?> detail) {
        String actor = person.actor().equals(FirstOperator.NAME) ? OPERATOR : person.actor();
        audit.record(new AuditLine(person.userId(), actor, deed.id(), null, detail, null));
    }

    /** What anybody can cause as often as they like. */
    void refused(@Nullable UUID owner, Map<String, ?> detail) {
        throttle.record(new AuditLine(owner, AuditLine.ANONYMOUS, Deed.SIGN_IN_REFUSED.id(), null, detail, null));
    }
}
