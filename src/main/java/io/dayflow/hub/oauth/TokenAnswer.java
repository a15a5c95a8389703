package io.dayflow.hub.oauth;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Reads answers of token addresses, which take RFC 6749 section 5.1 with some freedom: no {@code token_type}, scopes parted
 * by commas or as a list, refusals with status 200.
 */
final class TokenAnswer implements Converter<Map<String, Object>, OAuth2AccessTokenResponse> {

    /** Among the additional parameters where the service states it: seconds, as a {@link Long}. */
    static final String LIFETIME = "expires_in";

    /** Ten years: some services name a time that no calendar has. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(315_360_000);

    private static final Set<String> FOREIGN = Set.of("mac", "dpop", "pop");

    private final String service;
    private final Set<String> over;

    /** @param over as in {@link TokenRefused#answered} */
    TokenAnswer(String service, Set<String> over) {
        this.service = service;
        this.over = over;
    }

    @Override
    public OAuth2AccessTokenResponse convert(Map<String, Object> answer) {
        var access = text(answer.get("access_token"));
        if (access.isEmpty() || FOREIGN.contains(text(answer.get("token_type")).toLowerCase(Locale.ROOT))) {
            throw TokenRefused.answered(service, 200, text(answer.get("error")), over);
        }
        var refresh = text(answer.get("refresh_token"));
        return OAuth2AccessTokenResponse.withToken(access)
                .tokenType(TokenType.BEARER)
                .refreshToken(refresh.isEmpty() ? null : refresh)
                .scopes(scopes(answer.get("scope")))
                .additionalParameters(lifetime(answer.get("expires_in")))
                .build();
    }

    private static Set<String> scopes(@Nullable Object value) {
        return switch (value) {
            case Collection<?> several ->
                several.stream().map(TokenAnswer::text).collect(Collectors.toCollection(LinkedHashSet::new));
            case null -> Set.of();
            default -> {
                var scopes = new LinkedHashSet<String>();
                Arrays.stream(text(value).split("[\\s,]+"))
                        .filter(scope -> !scope.isEmpty())
                        .forEach(scopes::add);
                yield scopes;
            }
        };
    }

    /** Spring would take a second for a lifetime that is not stated, and none of a token that was just given is over. */
    private static Map<String, Object> lifetime(@Nullable Object value) {
        try {
            var seconds = new BigDecimal(text(value));
            return seconds.signum() > 0 ? Map.of(LIFETIME, seconds.min(LONGEST).longValue()) : Map.of();
        } catch (NumberFormatException e) {
            return Map.of();
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value).strip();
    }
}
