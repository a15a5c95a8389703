package io.dayflow.hub.sandbox;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in programs of this machine only, for the sandbox asks nobody who he is: no other machine, nothing that a proxy
 * passes on, no page of another site in a browser, and no name that somebody else's DNS points here.
 */
public final class LoopbackFilter extends OncePerRequestFilter {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isLocal(request) || !comesFromHere(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("application/problem+json");
            response.getOutputStream().print("""
                    {"type": "urn:dayflow-hub:problem:forbidden", "title": "Forbidden", "status": 403, \
                    "detail": "The sandbox answers programs on this machine only."}""");
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isLocal(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
                && NAMES.contains(request.getServerName())
                && request.getHeader("Forwarded") == null
                && request.getHeader("X-Forwarded-For") == null;
    }

    /** Who is to allow something is sent to the service's page by another site: the hub, under another name of this machine. */
    private static boolean isSentHere(HttpServletRequest request) {
        var path = request.getRequestURI();
        return request.getMethod().equals("GET")
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && (path.endsWith("/oauth/authorize") || path.endsWith("/oauth/consent"));
    }

    private static boolean comesFromHere(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN.contains(site) || isSentHere(request);
        }
        var origin = request.getHeader("Origin");
        return origin == null || request.getRequestURL().toString().startsWith(origin + "/");
    }
}
