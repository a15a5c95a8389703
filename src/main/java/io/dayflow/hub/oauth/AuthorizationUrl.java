package io.dayflow.hub.oauth;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;

/**
 * Where to send a user, in the service's own dialect.
 *
 * @param verifier what proves later that the hub was who began; null for services without PKCE
 */
record AuthorizationUrl(String address, @Nullable String verifier) {

    static AuthorizationUrl of(OauthClient client, String redirectUri, String state) {
        var oauth = client.oauth();
        var request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(oauth.authorize().toString())
                .clientId(client.id())
                .redirectUri(redirectUri)
                .scopes(new LinkedHashSet<>(oauth.scopes()))
                .state(state)
                .additionalParameters(parameters -> parameters.putAll(oauth.parameters()))
                .parameters(parameters -> parameters.computeIfPresent(
                        OAuth2ParameterNames.SCOPE, (name, blanks) -> String.join(oauth.separator(), oauth.scopes())));
        if (oauth.pkce()) {
            OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
        }
        var built = request.build();
        return new AuthorizationUrl(
                built.getAuthorizationRequestUri(), built.getAttribute(PkceParameterNames.CODE_VERIFIER));
    }
}
