package io.dayflow.hub.security;

import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasRole;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who reaches which path: bearer tokens and sessions of the pages for {@code /api}, an operator's login, session or token for
 * {@code /actuator}; the pages have a chain of their own. Refusals under {@code /api} are turned into problem documents by
 * the handler of all other errors.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurityConfiguration {

    static final String OPERATOR = "OPERATOR";

    private static final String REALM = "DayFlow Hub";
    private static final String TOKENS = "/api/integrations/tokens";
    private static final String ACCOUNTS = "/api/integrations/accounts";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
    /** Of the operator's paths, those of everybody. */
    private static final RequestMatcher OPEN = new OrRequestMatcher(
            Stream.of("/actuator/health", "/actuator/health/**", "/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml")
                    .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                    .toList());

    private final Protection protection;

    WebSecurityConfiguration(Protection protection) {
        this.protection = protection;
    }

    /**
     * Services prove themselves by what they sign, and no session, token or cookie means anything here: what a browser or a
     * script needs on other paths would only make a burst wait.
     */
    @Bean
    @Order(0)
    SecurityFilterChain webhookChain() {
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/api/webhooks/**"),
                new HeaderWriterFilter(List.of(new XContentTypeOptionsHeaderWriter(), protection.tlsOnly())));
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
            ObjectProvider<SessionCallers> sessionCallers,
            PublicAddress address,
            CsrfTokenRepository csrfTokens,
            CallLimits limits,
            JdbcClient database,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems)
            throws Exception {
        AuthenticationEntryPoint refused = new TokenRefusals(problems, limits);
        AccessDeniedHandler denied =
                (request, response, why) -> problems.resolveException(request, response, null, why);
        SessionCallers sessions = request -> sessionCallers.stream()
                .map(known -> known.of(request))
                .flatMap(Optional::stream)
                .findFirst();
        headers(http, Protection.NOTHING);
        return http.securityMatcher("/api", "/api/**")
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        .requireCsrfProtectionMatcher(request -> bySession(request) && !isReading(request)))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                // a call proves itself anew and is no sign-in: it neither begins a session nor gives one another id
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .addFilterBefore(
                        new CallerFilter(
                                serviceToken::matches,
                                known(personalTokens),
                                sessions,
                                database,
                                request -> false,
                                refused,
                                problems),
                        CsrfFilter.class)
                .addFilterBefore(new LimitFilter(limits, problems), CsrfFilter.class)
                .addFilterBefore(new SameOriginFilter(address, WebSecurityConfiguration::bySession), CsrfFilter.class)
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(refused).accessDeniedHandler(denied))
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, TOKENS)
                        .hasAuthority(CallerAuthentication.SERVICE)
                        .requestMatchers(ACCOUNTS, ACCOUNTS + "/**")
                        .access(AuthorizationManagers.allOf(hasRole(OPERATOR), WebSecurityConfiguration::inScope))
                        .anyRequest()
                        .access(WebSecurityConfiguration::inScope))
                .build();
    }

    private static ApiTokens known(ObjectProvider<ApiTokens> personalTokens) {
        return presented -> personalTokens.stream()
                .map(known -> known.permitOf(presented))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether a browser sends the proof by itself, whoever made it ask. */
    private static boolean bySession(HttpServletRequest request) {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller
                && caller.person().isPresent();
    }

    private static boolean isReading(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    /** Whether the proof goes for what the method does. */
    private static AuthorizationDecision inScope(Supplier<Authentication> proof, RequestAuthorizationContext request) {
        var needed = isReading(request.getRequest()) ? CallerAuthentication.READ : CallerAuthentication.WRITE;
        return new AuthorizationDecision(
                proof.get().getAuthorities().stream().anyMatch(granted -> needed.equals(granted.getAuthority())));
    }

    /** The same of tokens; a login has no scopes. */
    private static AuthorizationDecision inScopeOfToken(
            Supplier<Authentication> proof, RequestAuthorizationContext request) {
        return proof.get() instanceof CallerAuthentication ? inScope(proof, request) : new AuthorizationDecision(true);
    }

    @Bean
    @Order(2)
    SecurityFilterChain operatorChain(
            HttpSecurity http,
            PublicAddress address,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrfTokens,
            VisitCache visits,
            ObjectProvider<ApiTokens> personalTokens,
            CallLimits limits,
            JdbcClient database,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems)
            throws Exception {
        // Hawtio's page names its own address as its base
        headers(http, "object-src 'none'; base-uri 'self'; frame-ancestors 'self'");
        return http.securityMatcher(WebSecurityConfiguration::isOperators)
                .securityContext(context -> context.securityContextRepository(contexts))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens).ignoringRequestMatchers("/actuator/**"))
                // DayFlow's backend is no operator; sessions are read by the chain itself
                .addFilterBefore(
                        new CallerFilter(
                                token -> false,
                                known(personalTokens),
                                request -> Optional.empty(),
                                database,
                                OPEN::matches,
                                new TokenRefusals(problems, limits),
                                problems),
                        BasicAuthenticationFilter.class)
                .addFilterBefore(new SameOriginFilter(address), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .anyRequest()
                        .access(AuthorizationManagers.allOf(
                                hasRole(OPERATOR), WebSecurityConfiguration::inScopeOfToken)))
                .requestCache(cache -> cache.requestCache(visits))
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
        var page = PagesSecurityConfiguration.page();
        var basic = basicRefusal();
        return (request, response, why) ->
                (PagesSecurityConfiguration.wantsPage(request) ? page : basic).commence(request, response, why);
    }

    private static BasicAuthenticationEntryPoint basicRefusal() {
        var basic = new BasicAuthenticationEntryPoint();
        basic.setRealmName(REALM);
        return basic;
    }

    private void headers(HttpSecurity http, String policy) throws Exception {
        protection.into(http, policy, ReferrerPolicy.NO_REFERRER);
    }

    /** No database row and no log line has a use for NUL: it is refused at the door. */
    @Bean
    StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHttpMethods(METHODS);
        firewall.setAllowedParameterNames(text -> text.indexOf('\0') < 0);
        firewall.setAllowedParameterValues(text -> text.indexOf('\0') < 0);
        return firewall;
    }

    @Bean
    RequestRejectedHandler rejectedRequests(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, why) -> {
            protection.into(request, response);
            var refused = METHODS.contains(request.getMethod())
                    ? why
                    : new HttpRequestMethodNotSupportedException(request.getMethod(), METHODS);
            problems.resolveException(request, response, null, refused);
        };
    }
}
