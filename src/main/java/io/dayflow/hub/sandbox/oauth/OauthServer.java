package io.dayflow.hub.sandbox.oauth;

import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.sandbox.LoopbackFilter;
import io.dayflow.hub.sandbox.StandIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2AccessTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.util.UriComponentsBuilder;

/** Spring's authorization server, one for all services: {@code /sandbox/{service}/oauth/authorize}, {@code token}, {@code revoke}. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class OauthServer {

    /** Whoever looks at the page; which account it is, is decided there. */
    static final Authentication VISITOR = UsernamePasswordAuthenticationToken.authenticated("visitor", "", List.of());

    private static final Base64StringKeyGenerator TOKENS =
            new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 64);
    static final String CONSENT = "/consent-of-all-services";

    private static final SecureRandom RANDOM = new SecureRandom();

    @Bean
    Clients sandboxClients(
            OauthClients known, @Value("${hub.sandbox.access-token-lifetime:#{null}}") @Nullable Duration life) {
        return new Clients(known, life);
    }

    @Bean
    Authorizations sandboxAuthorizations(
            JdbcTemplate jdbc, Clients clients, Clock clock, ObjectProvider<StandIn> standIns) {
        return new Authorizations(
                jdbc,
                clients,
                clock,
                (service, account) -> standIns.stream()
                        .filter(standIn -> standIn.service().equals(service))
                        .anyMatch(standIn -> standIn.faults().revokes(account)));
    }

    @Bean
    @Order(-1)
    SecurityFilterChain sandboxOauthChain(
            HttpSecurity http,
            Clients clients,
            Authorizations authorizations,
            ObjectProvider<StandIn> standIns,
            Clock clock)
            throws Exception {
        var answers = new TokenAnswers(authorizations, standIns.stream().toList(), clock);
        var free = new PublicClients(clients);
        return http.securityMatcher("/sandbox/*/oauth/**")
                // the server's configurer would turn it on again if it was disabled; LoopbackFilter keeps other sites
                // out
                .csrf(csrf -> csrf.ignoringRequestMatchers("/sandbox/**"))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterAfter(new LoopbackFilter(), SecurityContextHolderFilter.class)
                .addFilterAfter(new Dialect(), LoopbackFilter.class)
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(clients)
                                .authorizationService(authorizations)
                                .authorizationConsentService(new AskedEachTime())
                                .authorizationServerSettings(AuthorizationServerSettings.builder()
                                        .multipleIssuersAllowed(true)
                                        .authorizationEndpoint("/oauth/authorize")
                                        .tokenEndpoint("/oauth/token")
                                        .tokenRevocationEndpoint("/oauth/revoke")
                                        .build())
                                .tokenGenerator(new DelegatingOAuth2TokenGenerator(
                                        new OAuth2AccessTokenGenerator(), refreshTokens(clock)))
                                .clientAuthentication(client -> client.authenticationConverter(free)
                                        .authenticationProvider(free)
                                        .authenticationProviders(providers -> providers.forEach(provider -> {
                                            if (provider instanceof ClientSecretAuthenticationProvider secret) {
                                                secret.setPasswordEncoder(new AsItIs());
                                            }
                                        })))
                                .authorizationEndpoint(endpoint -> endpoint.consentPage(CONSENT)
                                        .authenticationProviders(providers -> providers.forEach(provider -> {
                                            if (provider
                                                    instanceof
                                                    OAuth2AuthorizationCodeRequestAuthenticationProvider asked) {
                                                asked.setAuthenticationValidator(
                                                        new OAuth2AuthorizationCodeRequestAuthenticationValidator()
                                                                .andThen(OauthServer::wanted));
                                            }
                                        }))
                                        .authorizationResponseHandler((request, response, allowed) ->
                                                allow(request, response, allowed, authorizations, standIns)))
                                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseHandler(answers::given)
                                        .errorResponseHandler(answers::refused)))
                .build();
    }

    /** The hub's secret is the hub's own, and needs no digest here. */
    private static final class AsItIs implements PasswordEncoder {
        @Override
        public String encode(CharSequence secret) {
            return secret.toString();
        }

        @Override
        public boolean matches(CharSequence presented, @Nullable String known) {
            return presented.toString().equals(known);
        }
    }

    /** Every sign-in asks: nothing is remembered. */
    private static final class AskedEachTime implements OAuth2AuthorizationConsentService {
        @Override
        public void save(OAuth2AuthorizationConsent consent) {
            // nothing is remembered
        }

        @Override
        public void remove(OAuth2AuthorizationConsent consent) {
            // nothing was remembered
        }

        @Override
        public @Nullable OAuth2AuthorizationConsent findById(String client, String principal) {
            return null;
        }
    }

    /** For public clients too. */
    private static OAuth2TokenGenerator<OAuth2Token> refreshTokens(Clock clock) {
        return context -> OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())
                ? new OAuth2RefreshToken(TOKENS.generateKey(), clock.instant())
                : null;
    }

    private static void wanted(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = context.getAuthentication();
        var manners = Manners.of(context.getRegisteredClient().getId()).orElseThrow();
        manners.wanted().forEach((name, value) -> {
            boolean there = name.equals("scope")
                    ? asked.getScopes().contains(value)
                    : List.of(String.valueOf(asked.getAdditionalParameters().get(name))
                                    .split(" "))
                            .contains(value);
            if (!there) {
                throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, name + " is needed: " + value, null), asked);
            }
        });
    }

    /** The user decided: for a new account, or the one that was named. */
    private static void allow(
            HttpServletRequest request,
            HttpServletResponse response,
            Authentication allowed,
            Authorizations authorizations,
            ObjectProvider<StandIn> standIns)
            throws IOException {
        var permission = (OAuth2AuthorizationCodeRequestAuthenticationToken) allowed;
        var code = Objects.requireNonNull(permission.getAuthorizationCode()).getTokenValue();
        var authorization = Objects.requireNonNull(authorizations.findByToken(code, null));
        try {
            var account = account(Here.service(request), request.getParameter("account"), standIns);
            var permitted = new LinkedHashSet<>(authorization.getAuthorizedScopes());
            if (keepsFormer(authorization)) {
                permitted.addAll(authorizations.allowed(Here.service(request), account));
            }
            authorizations.save(OAuth2Authorization.from(authorization)
                    .attribute(Authorizations.ACCOUNT, account)
                    .authorizedScopes(permitted)
                    .build());
        } catch (NotFound none) {
            authorizations.remove(authorization);
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var back = UriComponentsBuilder.fromUriString(Objects.requireNonNull(permission.getRedirectUri()))
                .queryParam("code", code);
        if (permission.getState() != null) {
            back.queryParam("state", "{state}");
        }
        response.sendRedirect(back.encode()
                .buildAndExpand(Map.of("state", String.valueOf(permission.getState())))
                .toUriString());
    }

    /** Google's incremental consent: what the account allowed before stays allowed. */
    private static boolean keepsFormer(OAuth2Authorization authorization) {
        OAuth2AuthorizationRequest asked = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        return asked != null && "true".equals(asked.getAdditionalParameters().get("include_granted_scopes"));
    }

    private static String account(String service, @Nullable String named, ObjectProvider<StandIn> standIns) {
        var standIn = standIns.stream()
                .filter(candidate -> candidate.service().equals(service))
                .findFirst();
        if (named == null || named.isBlank()) {
            return standIn.map(one -> one.open(one.demoItems()).account())
                    .orElseGet(() -> "account-" + RANDOM.nextInt(1_000_000_000));
        }
        standIn.ifPresent(one -> one.items(named));
        return named;
    }
}
