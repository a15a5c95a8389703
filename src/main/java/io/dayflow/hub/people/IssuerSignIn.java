package io.dayflow.hub.people;

import io.dayflow.hub.security.PublicAddress;
import io.dayflow.hub.security.SignInWay;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signing in at an OpenID Connect issuer by authorization code with PKCE, state and nonce, all of it Spring Security's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hub.sign-in.oidc.issuer")
class IssuerSignIn {

    private static final String ID = "oidc";
    private static final String BEGIN = "/oauth2/authorization";

    @Bean
    SignInWay issuerWay(
            IssuerSettings settings,
            IssuerAccounts accounts,
            PublicAddress address,
            Environment environment,
            ApplicationEventPublisher events) {
        var issuer = new Issuer(settings, address, environment.getProperty("HUB_OIDC_CLIENT_SECRET", ""));
        var requests = new DefaultOAuth2AuthorizationRequestResolver(issuer, BEGIN);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        var people = new OidcUserService();
        return http -> http.oauth2Login(login -> login.loginPage("/login")
                .clientRegistrationRepository(issuer)
                .authorizedClientRepository(new NothingKept())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(request -> {
                    var proved = people.loadUser(request);
                    return new IssuerUser(proved, accounts.accountOf(proved));
                }))
                .defaultSuccessUrl("/integrations")
                .failureHandler((request, response, why) -> {
                    tell(request, why, events);
                    response.sendRedirect("/login?refused=" + reason(why));
                }));
    }

    /** Spring Security has no event for it, and none at all for what fails before the issuer is asked. */
    private static void tell(HttpServletRequest request, AuthenticationException why, ApplicationEventPublisher events) {
        if (why instanceof OAuth2AuthenticationException) {
            var nobody = UsernamePasswordAuthenticationToken.unauthenticated("", "");
            nobody.setDetails(new WebAuthenticationDetails(request));
            events.publishEvent(new AuthenticationFailureBadCredentialsEvent(nobody, why));
        }
    }

    /** What the sign-in page and the trail say of it: a word of ours, whatever the issuer sent. */
    static String reason(AuthenticationException why) {
        return why instanceof OAuth2AuthenticationException refused
                        && IssuerAccounts.REASONS.contains(refused.getError().getErrorCode())
                ? refused.getError().getErrorCode()
                : "failed";
    }

    /** The issuer describes itself when somebody first signs in there: the hub starts without it. */
    private static final class Issuer implements ClientRegistrationRepository {

        private final IssuerSettings settings;
        private final PublicAddress address;
        private final String secret;
        private volatile @Nullable ClientRegistration known;

        Issuer(IssuerSettings settings, PublicAddress address, String secret) {
            this.settings = settings;
            this.address = address;
            this.secret = secret;
        }

        @Override
        public @Nullable ClientRegistration findByRegistrationId(String id) {
            if (!id.equals(ID)) {
                return null;
            }
            var registration = known;
            if (registration == null) {
                registration = ClientRegistrations.fromIssuerLocation(String.valueOf(settings.issuer()))
                        .registrationId(ID)
                        .clientId(String.valueOf(settings.clientId()))
                        .clientSecret(secret)
                        .clientName(settings.name())
                        .scope("openid", "email", "profile")
                        .redirectUri(address.uri().map(Object::toString).orElse("{baseUrl}")
                                + "/login/oauth2/code/{registrationId}")
                        .build();
                known = registration;
            }
            return registration;
        }
    }

    /** The hub asks the issuer nothing more: its tokens are let go. */
    private static final class NothingKept implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings("NullAway") // Spring's own declaration says nothing of null
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String id, Authentication person, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication person,
                HttpServletRequest request,
                HttpServletResponse response) {
            // let go
        }

        @Override
        public void removeAuthorizedClient(
                String id, Authentication person, HttpServletRequest request, HttpServletResponse response) {
            // nothing was kept
        }
    }
}
