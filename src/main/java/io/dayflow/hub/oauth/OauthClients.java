package io.dayflow.hub.oauth;

import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.provider.Oauth.Client;
import io.dayflow.hub.provider.Oauth.Issuer;
import io.dayflow.hub.provider.Oauth.Revocation;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.security.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What the operator set for each service: {@code hub.providers.<id>.client-id}, {@code .client-secret} and
 * {@code .redirect-uri}, else {@code <ID>_CLIENT_ID}, {@code <ID>_CLIENT_SECRET} and {@code <ID>_REDIRECT_URI} with the id in
 * capitals and hyphens as underscores; and {@code .auth-url}, {@code .token-url}, {@code .revoke-url}, {@code .issuer} in the
 * place of the published ones. Read anew for each use. Thread-safe.
 */
@Component
public class OauthClients {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ProviderCatalog providers;
    private final Environment environment;

    public OauthClients(ProviderCatalog providers, Environment environment) {
        this.providers = providers;
        this.environment = environment;
    }

    /** The hub's registration at a service; empty where the service has no OAuth, or something {@link #missing}. */
    public Optional<OauthClient> find(String service) {
        return providers
                .oauth(service)
                .filter(oauth -> missing(oauth).isEmpty())
                .map(this::client);
    }

    /** What the operator has to set before a service with OAuth can be used, in words; empty where nothing is missing. */
    public Optional<String> missing(String service) {
        return providers.oauth(service).flatMap(this::missing);
    }

    private Optional<String> missing(Oauth oauth) {
        var prefix = prefix(oauth.service());
        boolean id = setting(oauth.service(), "client-id", "CLIENT_ID") != null;
        boolean secret =
                oauth.client() == Client.NONE || setting(oauth.service(), "client-secret", "CLIENT_SECRET") != null;
        if (id && secret) {
            return Optional.empty();
        }
        var set = setting(oauth.service(), "redirect-uri", "REDIRECT_URI");
        var names = oauth.client() == Client.NONE
                ? prefix + "_CLIENT_ID"
                : id ? prefix + "_CLIENT_SECRET" : prefix + "_CLIENT_ID and " + prefix + "_CLIENT_SECRET";
        return Optional.of("The hub is not registered at " + oauth.displayName() + ": the operator registers it there"
                + " with the redirect address " + (set == null ? "…" + back(oauth.service()) : set) + " and sets "
                + names
                + ".");
    }

    private OauthClient client(Oauth oauth) {
        var secret = setting(oauth.service(), "client-secret", "CLIENT_SECRET");
        return new OauthClient(
                overridden(oauth),
                String.valueOf(setting(oauth.service(), "client-id", "CLIENT_ID")),
                Secret.of(oauth.client() == Client.NONE || secret == null ? "" : secret));
    }

    private Oauth overridden(Oauth oauth) {
        var id = oauth.service();
        var revocation = oauth.revocation();
        return new Oauth(
                id,
                oauth.displayName(),
                address(id, "auth-url", oauth.authorize()),
                address(id, "token-url", oauth.token()),
                revocation == null
                        ? null
                        : new Revocation(address(id, "revoke-url", revocation.address()), revocation.client()),
                oauth.scopes(),
                oauth.separator(),
                oauth.client(),
                oauth.requests(),
                oauth.parameters(),
                oauth.pkce(),
                oauth.tokens(),
                oauth.partial(),
                issuer(id, oauth.issuer()));
    }

    private @Nullable Issuer issuer(String service, @Nullable Issuer published) {
        var set = environment.getProperty(name(service, "issuer"), "").strip();
        return set.isEmpty() ? published : new Issuer(set, published != null && published.always());
    }

    private URI address(String service, String setting, URI published) {
        var set = environment.getProperty(name(service, setting), "");
        return set.isBlank() ? published : URI.create(set.strip());
    }

    /**
     * Where a service sends its user back to: the address that was set, else the one below {@code PUBLIC_URL}, else the one
     * below the address that the user's browser calls, if that is this very machine.
     *
     * @param called scheme, host and port of the request; anybody may claim another, so that only this machine counts
     * @throws ConflictingState if the hub does not know its address
     */
    public String redirect(String service, URI called) {
        var set = setting(service, "redirect-uri", "REDIRECT_URI");
        if (set != null) {
            return set;
        }
        var below = back(service);
        var home = environment.getProperty("PUBLIC_URL", "").strip();
        if (!home.isEmpty()) {
            return home.replaceAll("/+$", "") + below;
        }
        if (called.getHost() != null && THIS_MACHINE.contains(called.getHost().toLowerCase(Locale.ROOT))) {
            return called.resolve(below).toString();
        }
        throw new ConflictingState("The hub does not know the address by which browsers reach it: the operator sets"
                + " PUBLIC_URL, for example https://hub.example.org.");
    }

    /** Whether users come back to a page of the hub, not to one of DayFlow's own that goes on over REST. */
    public boolean returnsHere(String service) {
        var set = setting(service, "redirect-uri", "REDIRECT_URI");
        return set == null || set.replaceAll("[?#].*", "").endsWith(back(service));
    }

    private static String back(String service) {
        return "/integrations/" + service + "/callback";
    }

    private @Nullable String setting(String service, String property, String variable) {
        var set = environment.getProperty(name(service, property), "");
        var value = set.isBlank() ? environment.getProperty(prefix(service) + "_" + variable, "") : set;
        return value.isBlank() ? null : value.strip();
    }

    private static String name(String service, String property) {
        return "hub.providers." + service + "." + property;
    }

    private static String prefix(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
