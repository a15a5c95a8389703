package io.dayflow.hub.people;

import io.dayflow.hub.security.PublicAddress;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * What the hub has to know again when somebody comes back from the issuer: sealed in a cookie of the browser's, so that
 * strangers who set out leave nothing in the database.
 */
final class SignInsUnderWay implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    private static final String CONTEXT = "sign-in at the issuer";
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int LONGEST_TEXT = 4000;
    private static final int PARTS = 5;

    private final Issuer issuer;
    private final Vault vault;
    private final Clock clock;
    private final boolean tls;

    SignInsUnderWay(Issuer issuer, Vault vault, PublicAddress address, Clock clock) {
        this.issuer = issuer;
        this.vault = vault;
        this.clock = clock;
        this.tls = address.isTls();
    }

    private String cookie() {
        return tls ? "__Host-OIDC" : "OIDC";
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(cookie()))
                .map(cookie -> open(cookie.getValue()))
                .flatMap(Optional::stream)
                .filter(begun -> begun.getState().equals(request.getParameter(OAuth2ParameterNames.STATE)))
                .findFirst()
                .orElse(null);
    }

    private Optional<OAuth2AuthorizationRequest> open(String value) {
        if (value.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            var parts = List.of(vault.open(Base64.getUrlDecoder().decode(value), CONTEXT)
                    .reveal()
                    .split("\n", -1));
            return parts.size() == PARTS && clock.instant().isBefore(Instant.ofEpochMilli(Long.parseLong(parts.get(0))))
                    ? Optional.of(begun(parts))
                    : Optional.empty();
        } catch (IllegalArgumentException | Vault.CannotOpen forged) {
            return Optional.empty();
        }
    }

    private OAuth2AuthorizationRequest begun(List<String> parts) {
        var registration = Objects.requireNonNull(issuer.findByRegistrationId(Issuer.ID));
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(registration.getClientId())
                .scopes(registration.getScopes())
                .state(parts.get(1))
                .redirectUri(parts.get(2))
                .attributes(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID,
                        Issuer.ID,
                        OidcParameterNames.NONCE,
                        parts.get(3),
                        PkceParameterNames.CODE_VERIFIER,
                        parts.get(4)))
                .build();
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        if (begun == null) {
            set(response, "", Duration.ZERO, request);
            return;
        }
        String nonce = begun.getAttribute(OidcParameterNames.NONCE);
        String verifier = begun.getAttribute(PkceParameterNames.CODE_VERIFIER);
        var text = String.join(
                "\n",
                String.valueOf(clock.instant().plus(LONGEST).toEpochMilli()),
                begun.getState(),
                begun.getRedirectUri(),
                nonce,
                verifier);
        set(
                response,
                Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(Secret.of(text), CONTEXT)),
                LONGEST,
                request);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        var begun = loadAuthorizationRequest(request);
        if (begun != null) {
            set(response, "", Duration.ZERO, request);
        }
        return begun;
    }

    private void set(HttpServletResponse response, String value, Duration life, HttpServletRequest request) {
        var cookie = ResponseCookie.from(cookie(), value)
                .path("/")
                .httpOnly(true)
                .secure(tls || request.isSecure())
                .sameSite("Lax")
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
