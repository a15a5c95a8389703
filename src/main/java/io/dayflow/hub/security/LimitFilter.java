package io.dayflow.hub.security;

import io.dayflow.hub.refusal.TooManyRequests;
import io.dayflow.hub.security.CallLimits.Who;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Counts calls and pages of those who have proved who they are, before anybody looks at what they may do: what is refused
 * counts, too. Not counted are static files, the operator's console and the way to sign in.
 */
final class LimitFilter extends OncePerRequestFilter {

    private static final List<String> NOT_COUNTED =
            List.of("/assets", "/webjars", "/favicon.ico", "/actuator", "/v3", "/sandbox", "/login", "/error");

    private final CallLimits limits;
    private final HandlerExceptionResolver problems;

    LimitFilter(CallLimits limits, HandlerExceptionResolver problems) {
        this.limits = limits;
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
        var refusal =
                who(SecurityContextHolder.getContext().getAuthentication()).flatMap(who -> limits.count(who, response));
        if (refusal.isPresent()) {
            refuse(request, response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<Who> who(@Nullable Authentication proof) {
        if (proof == null || !proof.isAuthenticated()) {
            return Optional.empty();
        }
        return Optional.of(
                proof instanceof CallerAuthentication caller ? caller.counted() : new Who.Person(proof.getName()));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, TooManyRequests refusal)
            throws IOException {
        if (path(request).startsWith("/api")) {
            problems.resolveException(request, response, null, refusal);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.seconds()));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }
}
