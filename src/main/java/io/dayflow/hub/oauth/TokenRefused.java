package io.dayflow.hub.oauth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service's token address gave no token. The message is for people and holds no secret. */
public final class TokenRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    public enum Kind {
        /** The code or refresh token is no longer good, or the user has to decide again. */
        GRANT,
        /** The hub's own id or secret is not accepted: only the operator can help. */
        CLIENT,
        /** It may work later. */
        LATER,
        /** The request or the answer makes no sense to the other side. */
        OTHER
    }

    private static final Set<String> GRANTS = Set.of(
            "invalid_grant",
            "bad_authorization_code",
            "bad_verification_code",
            "bad_refresh_token",
            "invalid_code",
            "code_already_used",
            "invalid_refresh_token",
            "token_revoked",
            "token_expired",
            "interaction_required",
            "consent_required",
            "login_required");

    private static final Set<String> CLIENTS = Set.of(
            "invalid_client",
            "unauthorized_client",
            "incorrect_application_credentials",
            "incorrect_client_credentials",
            "invalid_client_id",
            "bad_client_secret");

    private final Kind kind;
    private final String error;

    private TokenRefused(Kind kind, String error, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.error = error;
    }

    /**
     * An answer that is a refusal.
     *
     * @param status of HTTP; some services refuse with 200
     * @param error as RFC 6749 section 5.2 calls it; empty where the answer says none
     * @param over further errors by which this service says that a permission is over
     */
    static TokenRefused answered(String service, int status, String error, Set<String> over) {
        var safe = error.matches("[a-z_]{1,40}") ? error : "";
        var said = safe.isEmpty() ? status + "" : status + " " + safe;
        if (status == 429 || status >= 500) {
            return new TokenRefused(Kind.LATER, safe, service + " gives no token now (" + said + ").", null);
        }
        if (GRANTS.contains(safe) || over.contains(safe)) {
            return new TokenRefused(
                    Kind.GRANT, safe, service + " no longer accepts the permission (" + said + ").", null);
        }
        if (CLIENTS.contains(safe)) {
            return new TokenRefused(
                    Kind.CLIENT,
                    safe,
                    service + " does not accept the hub's own client id and secret (" + said
                            + "): the operator has to correct them.",
                    null);
        }
        return new TokenRefused(Kind.OTHER, safe, service + " refuses to give a token (" + said + ").", null);
    }

    /** No answer came. */
    static TokenRefused unanswered(String service, Throwable cause) {
        return new TokenRefused(Kind.LATER, "", service + " could not be reached for a token.", cause);
    }

    /** An answer that cannot be read as one. */
    static TokenRefused unreadable(String service, Throwable cause) {
        return new TokenRefused(
                Kind.OTHER, "", service + " answered the request for a token with something that is none.", cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The service's own word for it, for example {@code invalid_grant}; empty where it said none. */
    public String error() {
        return error;
    }
}
