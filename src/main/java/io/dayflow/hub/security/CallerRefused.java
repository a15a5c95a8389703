package io.dayflow.hub.security;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final transient @Nullable UUID owner;

    CallerRefused(Reason reason, String message) {
        this(reason, message, null);
    }

    private CallerRefused(Reason reason, String message, @Nullable UUID owner) {
        super(message);
        this.reason = reason;
        this.owner = owner;
    }

    /** The same, of a personal token's call. */
    CallerRefused by(UUID tokenOwner) {
        return new CallerRefused(reason, String.valueOf(getMessage()), tokenOwner);
    }

    /** Whose personal token it is; nothing for the service token. */
    public Optional<UUID> owner() {
        return Optional.ofNullable(owner);
    }

    public Reason reason() {
        return reason;
    }
}
