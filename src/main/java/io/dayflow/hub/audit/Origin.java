package io.dayflow.hub.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who asks in this thread, and from where. The address is the one the server names: a proxy's {@code X-Forwarded-For}
 * counts only where {@code server.forward-headers-strategy} says so.
 */
record Origin(@Nullable String address, @Nullable String agent) {

    private static final int LONGEST = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String FIRST_OPERATOR = "admin";

    /** Where the present request comes from; null where there is none, then the hub acts by itself. */
    static @Nullable Origin here() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? of(request.getRequest())
                : null;
    }

    static Origin of(HttpServletRequest request) {
        String agent = agent(request);
        return new Origin(request.getRemoteAddr(), agent == null || agent.isBlank() ? null : plain(agent));
    }

    /** What is told must not depend on what the caller calls itself: the firewall throws where that has control characters. */
    private static @Nullable String agent(HttpServletRequest request) {
        try {
            return request.getHeader("User-Agent");
        } catch (RequestRejectedException e) {
            return null;
        }
    }

    /** Who has signed in here: a user's id, {@code operator}, a name, {@code anonymous}, or without a request the hub. */
    static String actor() {
        Authentication proof = SecurityContextHolder.getContext().getAuthentication();
        if (proof != null) {
            return actor(proof);
        }
        return here() == null ? AuditLine.HUB : AuditLine.ANONYMOUS;
    }

    static String actor(Authentication proof) {
        if (proof instanceof AnonymousAuthenticationToken || !proof.isAuthenticated()) {
            return AuditLine.ANONYMOUS;
        }
        String name = plain(proof.getName());
        return name.equals(FIRST_OPERATOR) ? "operator" : name;
    }

    /** Of what others name themselves, no more than a line has room for. */
    static String plain(String text) {
        String clean = CONTROL.matcher(text).replaceAll(" ").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }
}
