package io.dayflow.hub.sandbox.oauth;

import io.dayflow.hub.oauth.OauthClient;
import io.dayflow.hub.oauth.OauthClients;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The one client that each service knows: this hub, by the id and secret that it has for the service. */
final class Clients implements RegisteredClientRepository {

    /** The scope of services that have none: Spring's server permits nothing where nothing is asked for. */
    static final String EVERYTHING = "everything";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final OauthClients known;
    private final @Nullable Duration life;

    /** @param life of access tokens, for all services; null: what is usual at each */
    Clients(OauthClients known, @Nullable Duration life) {
        this.known = known;
        this.life = life;
    }

    /** Which clients there are is said by configuration alone; Spring's server calls this for dynamic registration, which is off. */
    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Clients are those of the configuration; dynamic registration is off");
    }

    /** @param id the service's */
    @Override
    public @Nullable RegisteredClient findById(String id) {
        return Manners.of(id)
                .flatMap(manners -> known.find(id).map(client -> registered(manners, client)))
                .orElse(null);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        var client = findById(Here.service(Here.request()));
        return client != null && client.getClientId().equals(clientId) ? client : null;
    }

    private RegisteredClient registered(Manners manners, OauthClient client) {
        var builder = RegisteredClient.withId(manners.service())
                .clientId(client.id())
                .clientSecret(client.secret().reveal())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(redirect(manners.service()))
                .scopes(scopes -> scopes.addAll(manners.scopes().isEmpty() ? Set.of(EVERYTHING) : manners.scopes()))
                .clientSettings(ClientSettings.builder()
                        .requireAuthorizationConsent(true)
                        .requireProofKey(manners.pkce())
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                        .accessTokenTimeToLive(lifetime(manners))
                        .refreshTokenTimeToLive(FOR_EVER)
                        .reuseRefreshTokens(!manners.rotates())
                        .build());
        method(builder, manners.client());
        if (manners.revoker() != null) {
            method(builder, manners.revoker());
        }
        if (manners.refreshes()) {
            builder.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN);
        }
        return builder.build();
    }

    private static void method(RegisteredClient.Builder builder, String method) {
        builder.clientAuthenticationMethod(
                switch (method) {
                    case "header" -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
                    case "body" -> ClientAuthenticationMethod.CLIENT_SECRET_POST;
                    default -> ClientAuthenticationMethod.NONE;
                });
    }

    private Duration lifetime(Manners manners) {
        var usual = manners.life();
        return usual == null ? FOR_EVER : life == null ? usual : life;
    }

    /** The address that was set for the hub; else the callback of whatever name this machine is called by. */
    private String redirect(String service) {
        var asked = Here.request().getParameter("redirect_uri");
        var local = "http://127.0.0.1/integrations/" + service + "/callback";
        var usual = known.redirect(service, URI.create("http://127.0.0.1/"));
        if (!usual.equals(local) || asked == null) {
            return usual;
        }
        try {
            var address = URI.create(asked);
            boolean own = THIS_MACHINE.contains(String.valueOf(address.getHost()))
                    && ("/integrations/" + service + "/callback").equals(address.getPath())
                    && address.getRawQuery() == null;
            return own ? asked : usual;
        } catch (IllegalArgumentException none) {
            return usual;
        }
    }
}
