package io.dayflow.hub.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who reaches which path: bearer tokens for {@code /api}, the operator's login for {@code /actuator}; the pages have a
 * chain of their own. Refusals under {@code /api} are turned into problem documents by the handler of all
 * other errors.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurityConfiguration {

    private static final String REALM = "DayFlow Hub";

    /**
     * Services prove themselves by what they sign, and no session, token or cookie means anything here: what a browser or a
     * script needs on other paths would only make a burst wait.
     */
    @Bean
    @Order(0)
    SecurityFilterChain webhookChain() {
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/api/webhooks/**"),
                new HeaderWriterFilter(List.of(new XContentTypeOptionsHeaderWriter())));
    }

    /** The requests themselves are measured; each of a chain's filters for itself would cost more than it tells. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @Order(1)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            ServiceToken serviceToken,
            ObjectProvider<ApiTokens> personalTokens,
            WrongTokens wrongTokens,
            JdbcClient database,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems)
            throws Exception {
        AuthenticationEntryPoint refused = new TokenRefusals(problems, wrongTokens);
        AccessDeniedHandler denied =
                (request, response, why) -> problems.resolveException(request, response, null, why);
        ApiTokens tokens = presented -> personalTokens.stream()
                .map(known -> known.callerOf(presented))
                .flatMap(Optional::stream)
                .findFirst();
        headers(http);
        return http.securityMatcher("/api", "/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(
                        new BearerFilter(serviceToken, tokens, database, refused), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(refused).accessDeniedHandler(denied))
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain operatorChain(HttpSecurity http) throws Exception {
        headers(http);
        return http.securityMatcher(WebSecurityConfiguration::isOperators)
                .csrf(csrf -> csrf.ignoringRequestMatchers("/actuator/**"))
                .addFilterBefore(new SameOriginFilter(), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml")
                        .permitAll()
                        .anyRequest()
                        .hasRole(OperatorAccount.ROLE))
                .requestCache(cache -> cache.requestCache(PagesSecurityConfiguration.visits()))
                .httpBasic(basic -> basic.authenticationEntryPoint(SignInAnswers.basic(basicRefusal())))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(toSignIn()))
                .build();
    }

    /** By the path as the container took it apart: servlets of their own answer below /actuator. */
    private static boolean isOperators(HttpServletRequest request) {
        var path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        return path.equals("/actuator") || path.startsWith("/actuator/") || path.startsWith("/v3/api-docs");
    }

    /** A browser signs in on the page of all others; a script is told to use HTTP Basic. */
    private static AuthenticationEntryPoint toSignIn() {
        var page = new LoginUrlAuthenticationEntryPoint(PagesSecurityConfiguration.LOGIN);
        var basic = basicRefusal();
        return (request, response, why) ->
                (PagesSecurityConfiguration.wantsPage(request) ? page : basic).commence(request, response, why);
    }

    private static BasicAuthenticationEntryPoint basicRefusal() {
        var basic = new BasicAuthenticationEntryPoint();
        basic.setRealmName(REALM);
        return basic;
    }

    private static void headers(HttpSecurity http) throws Exception {
        http.headers(headers -> headers.frameOptions(frame -> frame.sameOrigin())
                .contentSecurityPolicy(policy -> policy.policyDirectives("frame-ancestors 'self'"))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /** No database row and no log line has a use for NUL: it is refused at the door. */
    @Bean
    StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterNames(text -> text.indexOf('\0') < 0);
        firewall.setAllowedParameterValues(text -> text.indexOf('\0') < 0);
        return firewall;
    }

    @Bean
    RequestRejectedHandler rejectedRequests(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, why) -> problems.resolveException(request, response, null, why);
    }
}
