package io.dayflow.hub.oauth;

import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.provider.Oauth.Client;
import io.dayflow.hub.security.Secret;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The hub as a service knows it.
 *
 * @param oauth what the service's file says, with the operator's addresses in place of the published ones
 * @param secret blank for a public client
 */
public record OauthClient(Oauth oauth, String id, Secret secret) {

    /** For Spring Security's client. */
    ClientRegistration registration(String redirectUri) {
        return ClientRegistration.withRegistrationId(oauth.service())
                .clientId(id)
                .clientSecret(secret.reveal())
                .clientAuthenticationMethod(method(oauth.client()))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(redirectUri)
                .scope(oauth.scopes())
                .authorizationUri(oauth.authorize().toString())
                .tokenUri(oauth.token().toString())
                .build();
    }

    private static ClientAuthenticationMethod method(Client client) {
        return switch (client) {
            case HEADER -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
            case BODY -> ClientAuthenticationMethod.CLIENT_SECRET_POST;
            case NONE -> ClientAuthenticationMethod.NONE;
        };
    }
}
