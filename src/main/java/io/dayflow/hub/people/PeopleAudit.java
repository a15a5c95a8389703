package io.dayflow.hub.people;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.AuditThrottle;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What people do to accounts, sessions and tokens, told to the audit trail. */
@Component
class PeopleAudit {

    static final String SIGN_IN = "sign_in.done";
    static final String SIGN_IN_REFUSED = "sign_in.refused";
    static final String SIGN_OUT = "sign_out.done";
    static final String PASSWORD_CHANGED = "password.changed";
    static final String ACCOUNT_MADE = "account.made";
    static final String ACCOUNT_CHANGED = "account.changed";
    static final String ACCOUNT_DISABLED = "account.disabled";
    static final String ACCOUNT_ENABLED = "account.enabled";
    static final String ACCOUNT_LINKED = "account.linked";
    static final String TOKEN_MADE = "token.made";
    static final String TOKEN_REVOKED = "token.revoked";
    static final String SESSION_ENDED = "session.ended";

    private static final String OPERATOR = "operator";
    private static final String HUB = "hub";

    private final Audit audit;
    private final AuditThrottle throttle;

    PeopleAudit(Audit audit, AuditThrottle throttle) {
        this.audit = audit;
        this.throttle = throttle;
    }

    /** By whoever asks in this thread, in the caller's transaction. */
    void record(String action, @Nullable UUID owner, Map<String, ?> detail) {
        audit.record(new AuditLine(owner, actor(), action, null, detail, remote()));
    }

    /** By a person who is known otherwise than by the thread. */
    void record(String action, SignedIn person, Map<String, ?> detail) {
        audit.record(new AuditLine(person.userId(), named(person.actor()), action, null, detail, remote()));
    }

    /** What anybody can cause as often as they like. */
    void refused(@Nullable UUID owner, Map<String, ?> detail) {
        throttle.record(new AuditLine(owner, AuditLine.ANONYMOUS, SIGN_IN_REFUSED, null, detail, remote()));
    }

    private static String actor() {
        Authentication proof = SecurityContextHolder.getContext().getAuthentication();
        if (proof == null) {
            return remote() == null ? HUB : AuditLine.ANONYMOUS;
        }
        return proof instanceof AnonymousAuthenticationToken ? AuditLine.ANONYMOUS : named(proof.getName());
    }

    private static String named(String name) {
        return name.equals(FirstOperator.NAME) ? OPERATOR : name;
    }

    private static @Nullable String remote() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }
}
