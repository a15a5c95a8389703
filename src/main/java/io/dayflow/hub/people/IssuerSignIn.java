package io.dayflow.hub.people;

import io.dayflow.hub.security.PublicAddress;
import io.dayflow.hub.security.SignInWay;
import io.dayflow.hub.security.Vault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signing in at an OpenID Connect issuer by authorization code with PKCE, state and nonce, all of it Spring Security's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hub.sign-in.oidc.issuer")
class IssuerSignIn {

    private static final String BEGIN = "/oauth2/authorization";

    @Bean
    SignInWay issuerWay(
            IssuerSettings settings,
            IssuerAccounts accounts,
            PublicAddress address,
            Vault vault,
            Clock clock,
            Environment environment,
            ApplicationEventPublisher events) {
        var issuer = new Issuer(settings, address, environment.getProperty("HUB_OIDC_CLIENT_SECRET", ""), clock);
        var requests = new DefaultOAuth2AuthorizationRequestResolver(issuer, BEGIN);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        var people = new OidcUserService();
        return http -> http.oauth2Login(login -> login.loginPage("/login")
                .clientRegistrationRepository(issuer)
                .authorizedClientRepository(new NothingKept())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests)
                        .authorizationRequestRepository(new SignInsUnderWay(issuer, vault, address, clock)))
                .withObjectPostProcessor(new CannotBegin())
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
    private static void tell(
            HttpServletRequest request, AuthenticationException why, ApplicationEventPublisher events) {
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

    /** As the issuer says that it signs: whatever only it can have made. */
    @Bean
    JwtDecoderFactory<ClientRegistration> issuerTokens() {
        return new IssuerTokens();
    }

    /** Without the issuer's description nobody can be sent there: the sign-in page says so. */
    private static final class CannotBegin implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

        @Override
        public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
            filter.setAuthenticationFailureHandler(
                    (request, response, why) -> response.sendRedirect("/login?refused=failed"));
            return filter;
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
