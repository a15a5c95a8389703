package io.dayflow.hub.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.provider.Oauth.Client;
import io.dayflow.hub.provider.Oauth.Expiry;
import io.dayflow.hub.provider.Oauth.Refresh;
import io.dayflow.hub.provider.Oauth.Requests;
import io.dayflow.hub.security.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.AbstractRestClientOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Asks services for tokens, by Spring Security's client in each service's dialect. An answer comes within twenty seconds or
 * not at all. Every method may throw {@link TokenRefused}. Thread-safe.
 */
public final class TokenEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClientHttpRequestFactory http;
    private final Clock clock;

    public TokenEndpoint(ClientHttpRequestFactory http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Exchanges a code.
     *
     * @param verifier of PKCE; null where no challenge was sent
     * @param asked the scopes that were asked for
     */
    TokenSet exchange(
            OauthClient client, Secret code, String redirectUri, @Nullable Secret verifier, List<String> asked) {
        var request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(client.oauth().authorize().toString())
                .clientId(client.id())
                .redirectUri(redirectUri)
                .attributes(attributes -> {
                    if (verifier != null) {
                        attributes.put(PkceParameterNames.CODE_VERIFIER, verifier.reveal());
                    }
                })
                .build();
        var response = OAuth2AuthorizationResponse.success(code.reveal())
                .redirectUri(redirectUri)
                .build();
        var endpoint = dialect(new RestClientAuthorizationCodeTokenResponseClient(), client, Set.of());
        var answer = ask(
                client,
                () -> endpoint.getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(
                        client.registration(redirectUri), new OAuth2AuthorizationExchange(request, response))));
        var refresh = answer.getRefreshToken();
        return tokens(
                client,
                answer,
                refresh == null ? null : Secret.of(refresh.getTokenValue()),
                Scopes.of(asked, said(answer)));
    }

    /**
     * Spends a refresh token. Where the service rotates them and the answer brings no new one, there is none any more: the old
     * one must not be spent twice.
     *
     * @param before what the refresh token came with
     * @throws IllegalArgumentException if there is no refresh token
     */
    public TokenSet refresh(OauthClient client, TokenSet before) {
        var spent = before.refresh();
        if (spent == null) {
            throw new IllegalArgumentException("there is no refresh token");
        }
        var now = clock.instant();
        var endpoint = dialect(
                new RestClientRefreshTokenTokenResponseClient(),
                client,
                client.oauth().tokens().over());
        var answer = ask(
                client,
                () -> endpoint.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                        client.registration(client.oauth().token().toString()),
                        new OAuth2AccessToken(
                                OAuth2AccessToken.TokenType.BEARER,
                                before.access().reveal(),
                                now,
                                null),
                        new OAuth2RefreshToken(spent.reveal(), now))));
        var given = answer.getRefreshToken();
        var refresh = given == null ? spent : Secret.of(given.getTokenValue());
        boolean dead = refresh.equals(spent) && client.oauth().tokens().refresh() == Refresh.ROTATES;
        return tokens(client, answer, dead ? null : refresh, before.scopes().after(said(answer)));
    }

    private TokenSet tokens(
            OauthClient client, OAuth2AccessTokenResponse answer, @Nullable Secret refresh, Scopes scopes) {
        return new TokenSet(
                Secret.of(answer.getAccessToken().getTokenValue()), refresh, expiry(client, answer), scopes);
    }

    private static Set<String> said(OAuth2AccessTokenResponse answer) {
        var scopes = answer.getAccessToken().getScopes();
        return scopes == null ? Set.of() : scopes;
    }

    private @Nullable Instant expiry(OauthClient client, OAuth2AccessTokenResponse answer) {
        boolean ends = client.oauth().tokens().expiry() != Expiry.NEVER;
        return ends && answer.getAdditionalParameters().get(TokenAnswer.LIFETIME) instanceof Long seconds
                ? clock.instant().plusSeconds(seconds)
                : null;
    }

    /**
     * Ends a token, and with a refresh token everything that came of the same permission (RFC 7009).
     *
     * @return whether the service has an address for that, and took it
     */
    public boolean revoke(OauthClient client, TokenSet tokens) {
        var revocation = client.oauth().revocation();
        if (revocation == null) {
            return false;
        }
        var refresh = tokens.refresh();
        var form = new LinkedMultiValueMap<String, String>();
        form.set(OAuth2ParameterNames.TOKEN, (refresh == null ? tokens.access() : refresh).reveal());
        form.set(OAuth2ParameterNames.TOKEN_TYPE_HINT, refresh == null ? "access_token" : "refresh_token");
        if (revocation.client() == Client.BODY) {
            form.set(OAuth2ParameterNames.CLIENT_ID, client.id());
            form.set(OAuth2ParameterNames.CLIENT_SECRET, client.secret().reveal());
        } else if (client.oauth().client() == Client.NONE) {
            form.set(OAuth2ParameterNames.CLIENT_ID, client.id());
        }
        ask(
                client,
                () -> rest(client, Set.of())
                        .post()
                        .uri(revocation.address())
                        .contentType(
                                client.oauth().requests() == Requests.JSON
                                        ? MediaType.APPLICATION_JSON
                                        : MediaType.APPLICATION_FORM_URLENCODED)
                        .headers(headers -> {
                            if (revocation.client() == Client.HEADER) {
                                headers.setBasicAuth(
                                        client.id(), client.secret().reveal());
                            }
                        })
                        .body(form)
                        .retrieve()
                        .toBodilessEntity());
        return true;
    }

    private <
                    G extends AbstractOAuth2AuthorizationGrantRequest,
                    C extends AbstractRestClientOAuth2AccessTokenResponseClient<G>>
            C dialect(C endpoint, OauthClient client, Set<String> over) {
        endpoint.setRestClient(rest(client, over));
        if (client.oauth().requests() == Requests.JSON) {
            var standard = new DefaultOAuth2TokenRequestHeadersConverter<G>();
            endpoint.setHeadersConverter(grant -> {
                var headers = new HttpHeaders();
                headers.addAll(standard.convert(grant));
                headers.setContentType(MediaType.APPLICATION_JSON);
                return headers;
            });
        }
        return endpoint;
    }

    private RestClient rest(OauthClient client, Set<String> over) {
        var service = client.oauth().displayName();
        var answers = new OAuth2AccessTokenResponseHttpMessageConverter();
        answers.setAccessTokenResponseConverter(new TokenAnswer(service, over));
        return RestClient.builder()
                .requestFactory(http)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new JsonForm());
                    converters.add(new FormHttpMessageConverter());
                    converters.add(answers);
                })
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
                    throw TokenRefused.answered(
                            service, response.getStatusCode().value(), error(response), over);
                })
                .build();
    }

    private static String error(ClientHttpResponse response) throws IOException {
        try {
            JsonNode body = JSON.readTree(response.getBody());
            return body == null ? "" : body.path("error").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static <T> T ask(OauthClient client, Supplier<T> question) {
        var service = client.oauth().displayName();
        try {
            return question.get();
        } catch (ResourceAccessException | OAuth2AuthorizationException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof TokenRefused refused) {
                    throw refused;
                }
                if (cause instanceof JsonProcessingException) {
                    throw TokenRefused.unreadable(service, e);
                }
                if (cause instanceof IOException) {
                    throw TokenRefused.unanswered(service, e);
                }
            }
            throw TokenRefused.unreadable(service, e);
        }
    }
}
