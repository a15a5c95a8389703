package io.dayflow.hub.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps other sites from using the operator's browser against the operator's endpoints. Hawtio posts to Jolokia without
 * a CSRF token and scripts post with HTTP Basic; so instead of a token, what a browser says about where a request comes
 * from must be this very site. Jolokia can also change things by GET, which a link may trigger: that is refused outright.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Predicate<HttpServletRequest> where;
    private final @Nullable String home;

    /** @param address by which browsers reach the hub, perhaps by TLS that ends before it */
    SameOriginFilter(PublicAddress address) {
        this(address, request -> true);
    }

    /** @param where which requests are looked at */
    SameOriginFilter(PublicAddress address, Predicate<HttpServletRequest> where) {
        this.where = where;
        this.home = address.uri().map(SameOriginFilter::origin).orElse(null);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !where.test(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        boolean jolokia = path.startsWith("/actuator/") && path.contains("/jolokia");
        boolean reading = READING.contains(request.getMethod());
        if (jolokia && reading && changes(path, request.getParameter("p"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        if ((jolokia || !reading) && !comesFromHere(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Jolokia takes the operation as the rest of the path, or as the parameter p. */
    private static boolean changes(String path, @Nullable String parameter) {
        return parameter != null || path.contains("/exec") || path.contains("/write");
    }

    private boolean comesFromHere(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN.contains(site);
        }
        var origin = request.getHeader("Origin");
        return origin == null
                || origin.equals(home)
                || origin.equals(origin(URI.create(request.getRequestURL().toString())));
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
