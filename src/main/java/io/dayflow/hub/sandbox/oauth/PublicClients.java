package io.dayflow.hub.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets clients without a secret refresh and revoke, where the service does: Spring's server leaves both to confidential
 * ones.
 */
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private static final String FREE = PublicClients.class.getName();

    private final Clients clients;

    PublicClients(Clients clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var manners = Manners.of(Here.service(request)).orElse(null);
        if (manners == null
                || request.getParameter("client_secret") != null
                || request.getHeader("Authorization") != null) {
            return null;
        }
        boolean refreshes = Here.endpoint(request).equals("token")
                && manners.client().equals("none")
                && "refresh_token".equals(request.getParameter("grant_type"));
        boolean revokes = Here.endpoint(request).equals("revoke") && "none".equals(manners.revoker());
        var client = clients.findById(manners.service());
        var id = request.getParameter("client_id");
        if (client == null
                || !(refreshes || revokes)
                || (id == null ? refreshes : !client.getClientId().equals(id))) {
            return null;
        }
        return new OAuth2ClientAuthenticationToken(
                client.getClientId(), ClientAuthenticationMethod.NONE, null, Map.of(FREE, true));
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var asking = (OAuth2ClientAuthenticationToken) authentication;
        if (!asking.getAdditionalParameters().containsKey(FREE)) {
            return null;
        }
        var client = clients.findByClientId(String.valueOf(asking.getPrincipal()));
        if (client == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> type) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(type);
    }
}
