package io.dayflow.hub.people;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads the issuer's tokens, signed in whichever of the ways that it names of itself. Ways with a secret that both sides know
 * are none, nor is no signature at all: only the issuer's own keys count. Thread-safe.
 */
final class IssuerTokens implements JwtDecoderFactory<ClientRegistration> {

    private static final String OFFERED = "id_token_signing_alg_values_supported";

    private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        return decoders.computeIfAbsent(
                Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()),
                keys -> decoder(keys, registration));
    }

    private static JwtDecoder decoder(String keys, ClientRegistration registration) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .jwsAlgorithms(taken -> taken.addAll(algorithms(registration)))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /** RS256, which every issuer has to offer, where it names none that is known here. */
    static Set<SignatureAlgorithm> algorithms(ClientRegistration registration) {
        var known = EnumSet.noneOf(SignatureAlgorithm.class);
        if (registration.getProviderDetails().getConfigurationMetadata().get(OFFERED)
                instanceof Collection<?> offered) {
            for (var algorithm : SignatureAlgorithm.values()) {
                if (offered.contains(algorithm.getName())) {
                    known.add(algorithm);
                }
            }
        }
        return known.isEmpty() ? EnumSet.of(SignatureAlgorithm.RS256) : known;
    }
}
