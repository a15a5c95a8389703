package io.dayflow.hub.security;

import io.dayflow.hub.security.CallLimits.Who;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.AuthenticationException;

/** A token is right, but it is not clear, or not allowed, for which user the call is made. */
public final class CallerRefused extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    /** The header that names the user. */
    public static final String HEADER = "X-User-Id";

    /** What is wrong. */
    public enum Reason {
        /** The header is missing, given twice, or no UUID. */
        HEADER_INVALID,
        /** There is no such user in DayFlow. */
        NO_SUCH_USER,
        /** Only operators name another user. */
        NOT_OWN_USER
    }

    private final Reason reason;
    private final transient Who who;

    /** @param who holds the token */
    CallerRefused(Reason reason, String message, Who who) {
        super(message);
        this.reason = reason;
        this.who = who;
    }

    Who who() {
        return who;
    }

    /** Whose personal token it is; nothing for the service token. */
    public Optional<UUID> owner() {
        return who instanceof Who.Token token ? Optional.of(token.userId()) : Optional.empty();
    }

    public Reason reason() {
        return reason;
    }
}
