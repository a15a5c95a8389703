package io.dayflow.hub.provider;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a service lets its users allow access by OAuth 2.0 (RFC 6749, authorization code): what {@code oauth} in
 * {@code config/providers/<id>.yaml} says. Addresses are the published ones.
 *
 * @param service the provider's id
 * @param authorize where its users are sent
 * @param token where codes and refresh tokens are exchanged
 * @param revocation where tokens are revoked (RFC 7009); null where it has no such address
 * @param scopes what is asked for; empty where it knows no scopes
 * @param separator what stands between scopes: RFC 6749 says a blank, some services say a comma
 * @param client how the hub proves to be itself at {@code token}
 * @param requests the form in which {@code token} is asked
 * @param parameters what the address that users are sent to carries beside the standard ones
 * @param pkce whether it is sent a challenge of PKCE with S256 (RFC 7636)
 * @param tokens how long tokens serve
 * @param partial whether its users may allow a part of the scopes only, and the answer says which
 * @param issuer whom its answers name as {@code iss} (RFC 9207); null where that is not known
 */
public record Oauth(
        String service,
        String displayName,
        URI authorize,
        URI token,
        @Nullable Revocation revocation,
        List<String> scopes,
        String separator,
        Client client,
        Requests requests,
        Map<String, String> parameters,
        boolean pkce,
        Tokens tokens,
        boolean partial,
        @Nullable Issuer issuer) {

    public Oauth {
        scopes = List.copyOf(scopes);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** How a client proves to be itself (RFC 6749 section 2.3). */
    public enum Client {
        /** HTTP Basic. */
        HEADER,
        /** Id and secret in the request's body. */
        BODY,
        /** The id alone: a public client. */
        NONE
    }

    /** The form of requests for tokens. */
    public enum Requests {
        FORM,
        JSON
    }

    /** Whether access tokens expire. */
    public enum Expiry {
        ALWAYS,
        /** Depends on how the application was registered; the answer tells. */
        SOMETIMES,
        NEVER
    }

    /** What becomes of a refresh token when it is used. */
    public enum Refresh {
        /** There are none. */
        NONE,
        /** It goes on serving. */
        KEPT,
        /** A new one takes its place, and the old one goes on serving until it ends by itself. */
        REPLACED,
        /** A new one takes its place, and the old one is dead. */
        ROTATES
    }

    /**
     * How long tokens serve.
     *
     * @param over errors by which a refresh is refused that mean the end of the permission, beside the usual ones
     */
    public record Tokens(Expiry expiry, Refresh refresh, Set<String> over) {

        public Tokens {
            over = Set.copyOf(over);
        }
    }

    /** Where tokens are revoked, and how the hub proves to be itself there. */
    public record Revocation(URI address, Client client) {}

    /** @param always whether an answer without {@code iss} is a forged one */
    public record Issuer(String name, boolean always) {}
}
