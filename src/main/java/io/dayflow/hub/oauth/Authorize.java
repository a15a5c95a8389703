package io.dayflow.hub.oauth;

import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.provider.Oauth.Issuer;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import java.net.URI;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.stereotype.Component;

/**
 * The way of a user to a service and back (authorization code, RFC 6749 section 4.1, with PKCE where the service knows it).
 * Thread-safe.
 */
@Component
public class Authorize {

    private static final Logger log = LoggerFactory.getLogger(Authorize.class);
    private static final StringKeyGenerator STATES =
            new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 32);

    private final ProviderCatalog providers;
    private final OauthClients clients;
    private final AuthorizationRequests requests;
    private final TokenEndpoint tokens;
    private final Signals signals;

    Authorize(
            ProviderCatalog providers,
            OauthClients clients,
            AuthorizationRequests requests,
            TokenEndpoint tokens,
            Signals signals) {
        this.signals = signals;
        this.providers = providers;
        this.clients = clients;
        this.requests = requests;
        this.tokens = tokens;
    }

    /** Where to send the user, and what comes back with the answer. */
    public record Begun(String authUrl, String state) {
        /** Who reads a log must not be able to end what somebody began. */
        @Override
        public String toString() {
            return "Begun[***]";
        }
    }

    /**
     * What came back.
     *
     * @param issuer the parameter {@code iss}, if there was one
     * @param session a secret of the session that it came to, where it came to a page
     */
    public record Answer(
            String service,
            Secret code,
            String state,
            @Nullable String issuer,
            @Nullable Secret session) {
        @Override
        public String toString() {
            return "Answer[" + service + "]";
        }
    }

    /**
     * What came back instead of a permission (RFC 6749 section 4.1.2.1); of it the same is checked (RFC 9207 section 2.4).
     *
     * @param issuer as in {@link Answer}
     * @param session as in {@link Answer}
     */
    public record Refusal(
            String service,
            String state,
            @Nullable String issuer,
            @Nullable Secret session) {
        @Override
        public String toString() {
            return "Refusal[" + service + "]";
        }
    }

    /**
     * Begins for a user.
     *
     * @param called scheme, host and port by which the hub was called
     * @param session a secret of the session that alone may end it; null: any call for the same user may
     * @throws InvalidRequest if there is no such service, or it has no OAuth
     * @throws ConflictingState if the operator has something to set first
     */
    public Begun begin(UUID userId, String service, URI called, @Nullable Secret session) {
        var client = client(service);
        var redirectUri = clients.redirect(service, called);
        var state = STATES.generateKey();
        var url = AuthorizationUrl.of(client, redirectUri, state);
        requests.begin(
                userId,
                service,
                state,
                session,
                redirectUri,
                url.verifier(),
                client.oauth().scopes());
        return new Begun(url.address(), state);
    }

    /**
     * Ends it well: exchanges the code. The state is used up, whatever comes of the code.
     *
     * @throws WrongState if the answer belongs to nothing that this user began
     * @throws RefusedByService if the service gives no token
     */
    public TokenSet finish(UUID userId, Answer answer) {
        var client = client(answer.service());
        var begun = watched(userId, () -> {
            checkIssuer(client.oauth().issuer(), answer.issuer());
            return requests.use(userId, answer.service(), answer.state(), answer.session());
        });
        try {
            return tokens.exchange(client, answer.code(), begun.redirectUri(), begun.verifier(), begun.asked());
        } catch (TokenRefused refused) {
            throw new RefusedByService(code(refused), words(client.oauth(), refused));
        }
    }

    /**
     * Where users may allow a part only: whether it is enough.
     *
     * @throws RefusedByService if they allowed too little; the tokens are still theirs to give back
     */
    public void refuseLess(String service, TokenSet given) {
        var oauth = client(service).oauth();
        var missing = given.scopes().refused();
        if (oauth.partial() && !missing.isEmpty()) {
            throw new RefusedByService(
                    "access_denied",
                    oauth.displayName() + " was not allowed to give the hub all that it needs: "
                            + String.join(", ", missing) + ". Begin again, and leave everything ticked.");
        }
    }

    /**
     * Ends it without a permission.
     *
     * @throws WrongState if the answer belongs to nothing that this user began
     */
    public void abandon(UUID userId, Refusal refusal) {
        // the operator's registration may be over by now, which makes no refusal another's
        var known = clients.find(refusal.service())
                .map(OauthClient::oauth)
                .or(() -> providers.oauth(refusal.service()))
                .map(Oauth::issuer)
                .orElse(null);
        watched(userId, () -> {
            checkIssuer(known, refusal.issuer());
            return requests.use(userId, refusal.service(), refusal.state(), refusal.session());
        });
    }

    /** An answer that belongs to nothing may be somebody else's, slipped to this user. */
    private AuthorizationRequests.Begun watched(UUID userId, Supplier<AuthorizationRequests.Begun> use) {
        try {
            return use.get();
        } catch (WrongState wrong) {
            signals.tell(Rule.OAUTH_STATE, userId);
            throw wrong;
        }
    }

    /** Gives back what is not to be kept. What the service says to that changes nothing. */
    public void giveBack(String service, TokenSet given) {
        clients.find(service).ifPresent(client -> revokeQuietly(client, given));
    }

    /**
     * Gives back what is not to be kept, and says what came of it.
     *
     * @throws TokenRefused if the service does not take it; {@link TokenRefused.Kind#LATER} where it may later
     */
    public Revoked revoke(String service, TokenSet given) {
        var client = clients.find(service);
        if (client.isEmpty()) {
            return Revoked.IMPOSSIBLE;
        }
        return tokens.revoke(client.get(), given) ? Revoked.DONE : Revoked.IMPOSSIBLE;
    }

    /** What came of giving a permission back. */
    public enum Revoked {
        /** The service ended it. */
        DONE,
        /** The service has no way for that, or the hub is not registered there any more: only its user can end it there. */
        IMPOSSIBLE
    }

    private void revokeQuietly(OauthClient client, TokenSet given) {
        try {
            tokens.revoke(client, given);
        } catch (TokenRefused refused) {
            log.warn("A token was not revoked: {}", refused.getMessage());
        }
    }

    private static void checkIssuer(@Nullable Issuer known, @Nullable String said) {
        if (known != null && (said == null ? known.always() : !known.name().equals(said))) {
            throw new WrongState(WrongState.Reason.ISSUER);
        }
    }

    private static String code(TokenRefused refused) {
        return refused.kind() == TokenRefused.Kind.LATER ? "transient" : "needs_reconnect";
    }

    private static String words(Oauth oauth, TokenRefused refused) {
        return refused.kind() == TokenRefused.Kind.GRANT
                ? oauth.displayName() + " does not accept the answer it sent back (" + refused.error()
                        + "): it may have been used already, or have waited too long. Begin again."
                : String.valueOf(refused.getMessage());
    }

    private OauthClient client(String service) {
        if (providers.oauth(service).isEmpty()) {
            throw new InvalidRequest("service", "has no sign-in of its own; it is connected with credentials");
        }
        return clients.find(service)
                .orElseThrow(() -> new ConflictingState(clients.missing(service).orElseThrow()));
    }
}
