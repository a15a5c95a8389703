package io.dayflow.hub.limit;

import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.limit.RateLimits.Who;
import io.dayflow.hub.refusal.TooManyRequests;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.ServiceToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Counts calls and pages of those who have proved who they are, right after that. Not counted are webhooks, which have
 * limits of their own, static files, the operator's console and the sandbox.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 10)
class RateLimitFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private static final List<String> NOT_COUNTED = List.of(
            "/api/webhooks", "/assets", "/webjars", "/favicon.ico", "/actuator", "/v3", "/sandbox", "/login", "/error");

    private final RateLimits limits;
    private final ServiceToken serviceToken;
    private final Signals signals;
    private final HandlerExceptionResolver problems;

    RateLimitFilter(
            RateLimits limits,
            ServiceToken serviceToken,
            Signals signals,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.limits = limits;
        this.serviceToken = serviceToken;
        this.signals = signals;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = path(request);
        return NOT_COUNTED.stream().anyMatch(start -> path.equals(start) || path.startsWith(start + "/"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var standings =
                limits.take(who(request, SecurityContextHolder.getContext().getAuthentication()));
        if (!standings.isEmpty()) {
            response.setHeader(RateLimitFields.POLICY, RateLimitFields.policies(standings));
            response.setHeader(RateLimitFields.STANDING, RateLimitFields.standing(standings));
            var last = standings.getLast();
            if (last.refused()) {
                tell(SecurityContextHolder.getContext().getAuthentication());
                refuse(request, response, new TooManyRequests(last.policy().words(), last.delay()));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void tell(@Nullable Authentication proof) {
        if (proof != null && proof.getPrincipal() instanceof Caller caller) {
            signals.tell(Rule.RATE_LIMIT, caller.userId());
        } else if (proof != null) {
            signals.tell(Rule.RATE_LIMIT, proof.getName(), null);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, TooManyRequests refusal)
            throws IOException {
        if (path(request).startsWith("/api/")) {
            problems.resolveException(request, response, null, refusal);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.seconds()));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    private List<Who> who(HttpServletRequest request, @Nullable Authentication proof) {
        if (proof == null || !proof.isAuthenticated() || proof instanceof AnonymousAuthenticationToken) {
            return List.of();
        }
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (!bearer || !(proof.getPrincipal() instanceof Caller caller)) {
            return List.of(new Who(Policy.PAGES, proof.getName()));
        }
        var token = header.substring(BEARER.length()).strip();
        var user = new Who(Policy.USER, caller.userId().toString());
        return serviceToken.matches(Secret.of(token))
                ? List.of(new Who(Policy.SERVICE, "service"), user)
                : List.of(new Who(Policy.TOKEN, SharedBuckets.digest(token)), user);
    }
}
