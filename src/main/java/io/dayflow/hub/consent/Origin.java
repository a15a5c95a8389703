package io.dayflow.hub.consent;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Where the request in hand comes from.
 *
 * @param by who is signed in
 * @param remote the address; null outside of a request
 * @param agent what the caller's program calls itself, cut short; null if it says nothing
 */
record Origin(String by, @Nullable String remote, @Nullable String agent) {

    private static final int LONGEST = 300;

    /** @param otherwise who it is where nobody is signed in */
    static Origin current(String otherwise) {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        var by = signedIn == null || signedIn.getName() == null ? otherwise : signedIn.getName();
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return new Origin(by, null, null);
        }
        var request = attributes.getRequest();
        var agent = agent(request);
        return new Origin(
                by,
                request.getRemoteAddr(),
                agent == null ? null : agent.substring(0, Math.min(agent.length(), LONGEST)));
    }

    /** Null, too, where it holds control characters, which the firewall throws at. */
    private static @Nullable String agent(HttpServletRequest request) {
        try {
            return request.getHeader(HttpHeaders.USER_AGENT);
        } catch (RequestRejectedException e) {
            return null;
        }
    }
}
