package io.dayflow.hub.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who reaches the pages: whoever has signed in, by a session and with CSRF protection. Everything that no other chain
 * names belongs to them, so that an address unknown to all needs a sign-in too.
 */
@Configuration(proxyBeanMethods = false)
class PagesSecurityConfiguration {

    static final String LOGIN = "/login";

    private static final String CHALLENGE = "Bearer";

    /** No script, style, image or connection from elsewhere, and none within the page's text. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(3)
    SecurityFilterChain pagesChain(
            HttpSecurity http,
            Protection protection,
            PublicAddress address,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrfTokens,
            VisitCache visits,
            ObjectProvider<SignInWay> ways,
            CallLimits limits,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems)
            throws Exception {
        protection.into(http, POLICY, ReferrerPolicy.SAME_ORIGIN);
        for (var way : ways) {
            way.into(http);
        }
        return http.securityMatcher("/**")
                .securityContext(context -> context.securityContextRepository(contexts))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .addFilterBefore(new LimitFilter(limits, problems), CsrfFilter.class)
                .addFilterBefore(new SameOriginFilter(address), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(LOGIN, "/assets/**", "/webjars/**", "/favicon.ico")
                        .permitAll()
                        .requestMatchers("/operations/accounts", "/operations/accounts/**")
                        .hasRole(WebSecurityConfiguration.OPERATOR)
                        .anyRequest()
                        .authenticated())
                .requestCache(cache -> cache.requestCache(visits))
                .formLogin(login -> login.loginPage(LOGIN)
                        .defaultSuccessUrl("/integrations")
                        .failureHandler(SignInAnswers.form(LOGIN)))
                .logout(logout -> logout.logoutSuccessUrl(LOGIN + "?out"))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(toSignIn())
                        .accessDeniedHandler(
                                (request, response, why) -> response.sendError(HttpServletResponse.SC_FORBIDDEN)))
                .build();
    }

    /** In a cookie, so that strangers who look at the sign-in page leave nothing in the database. */
    @Bean
    CsrfTokenRepository csrfTokens(PublicAddress address) {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(address.isTls() ? "__Host-CSRF" : "CSRF");
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(cookie -> {
            cookie.path("/").httpOnly(true).sameSite("Lax");
            if (address.isTls()) {
                cookie.secure(true);
            }
        });
        return tokens;
    }

    /** After signing in, a person goes where they wanted to go: to a page, not to a part of one. */
    @Bean
    VisitCache visits(PublicAddress address) {
        return new VisitCache(PagesSecurityConfiguration::isVisit, address.isTls());
    }

    /** What a service sent somebody back with is not kept: it belongs to the session that is over. */
    private static boolean isVisit(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && wantsPage(request)
                && request.getHeader("HX-Request") == null
                && !request.getRequestURI().endsWith("/callback");
    }

    /** Whether a browser asks for something to look at. */
    static boolean wantsPage(HttpServletRequest request) {
        var accepted = request.getHeader("Accept");
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    /** Not by the name by which the hub was called: that may be anybody's, and plain http before a proxy that ends TLS. */
    static LoginUrlAuthenticationEntryPoint page() {
        var page = new LoginUrlAuthenticationEntryPoint(LOGIN);
        page.setFavorRelativeUris(true);
        return page;
    }

    /**
     * Browsers go to the sign-in page; everybody else, scripts within pages included, learns that it is needed. Not by Basic,
     * for which browsers would ask on their own.
     */
    static AuthenticationEntryPoint toSignIn() {
        var page = page();
        return (request, response, why) -> {
            if (request.getHeader("HX-Request") != null) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            } else if (wantsPage(request)) {
                page.commence(request, response, why);
            } else {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }
}
