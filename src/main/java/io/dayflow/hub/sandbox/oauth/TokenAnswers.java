package io.dayflow.hub.sandbox.oauth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.sandbox.RequestLog;
import io.dayflow.hub.sandbox.StandIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;

/** What token addresses answer, in each service's words. */
final class TokenAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Authorizations authorizations;
    private final List<StandIn> standIns;
    private final Clock clock;

    TokenAnswers(Authorizations authorizations, List<StandIn> standIns, Clock clock) {
        this.authorizations = authorizations;
        this.standIns = standIns;
        this.clock = clock;
    }

    void given(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var manners = Manners.of(Here.service(request)).orElseThrow();
        var tokens = (OAuth2AccessTokenAuthenticationToken) authentication;
        var access = tokens.getAccessToken();
        var answer = JSON.createObjectNode().put("access_token", access.getTokenValue());
        if (manners.service().equals("slack")) {
            answer.put("ok", true).put("token_type", "bot");
        } else if (!manners.service().equals("clickup")) {
            answer.put("token_type", "Bearer");
        }
        if (tokens.getRefreshToken() != null) {
            answer.put("refresh_token", tokens.getRefreshToken().getTokenValue());
        }
        if (manners.tellsLife()) {
            answer.put(
                    "expires_in",
                    Duration.between(clock.instant(), Objects.requireNonNull(access.getExpiresAt()))
                            .plusMillis(999)
                            .toSeconds());
        }
        if (!manners.scopes().isEmpty()) {
            answer.put("scope", String.join(manners.separator(), access.getScopes()));
        }
        log(request, manners.service(), access.getTokenValue());
        write(response, HttpServletResponse.SC_OK, answer);
    }

    private void log(HttpServletRequest request, String service, String token) {
        authorizations
                .find(service, token)
                .ifPresent(access -> standIns.stream()
                        .filter(standIn -> standIn.service().equals(service))
                        .forEach(standIn -> standIn.requests()
                                .add(
                                        access.account(),
                                        new RequestLog.Entry(
                                                request.getMethod(),
                                                request.getRequestURI(),
                                                HttpServletResponse.SC_OK,
                                                clock.instant()))));
    }

    void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        var refusal = Manners.of(Here.service(request)).orElseThrow().refusal();
        var error = why instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_REQUEST;
        if (!error.equals(OAuth2ErrorCodes.INVALID_GRANT)) {
            write(response, HttpServletResponse.SC_BAD_REQUEST, error(error));
            return;
        }
        boolean code = "authorization_code".equals(request.getParameter("grant_type"));
        write(
                response,
                refusal.ok() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST,
                error(code ? refusal.code() : refusal.refreshToken()).put("ok", false));
    }

    private static ObjectNode error(String error) {
        return JSON.createObjectNode().put("error", error);
    }

    private static void write(HttpServletResponse response, int status, ObjectNode body) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        JSON.writeValue(response.getOutputStream(), body);
    }
}
