package io.dayflow.hub.audit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the trail, throttled, who looked into the operator's console, and what was refused for want of credentials or
 * rights. Says which part of the hub was meant, never the whole address: that may hold what a stranger put there.
 */
@Configuration(proxyBeanMethods = false)
class AccessTrail {

    private static final String CONSOLE = "/actuator/";
    private static final String API = "/api/";
    private static final String WEBHOOKS = "/api/webhooks/"; // tell of themselves
    private static final String HEALTH = "health";
    private static final String PAGES = "pages";

    /** Outside of Spring Security, which ends what it refuses. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> trailOfRefusals(AuditThrottle throttle) {
        return registered(SecurityProperties.DEFAULT_FILTER_ORDER - 1, new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String part = part(request);
                if (part.isEmpty()) {
                    chain.doFilter(request, response);
                    return;
                }
                var refusing = new Refusing(request, response);
                chain.doFilter(request, refusing);
                if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
                    throttle.record(line(refusing.actor, Deed.ACCESS_REFUSED, part, request, response));
                } else if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && !part.equals(PAGES)) {
                    throttle.record(line(AuditLine.ANONYMOUS, Deed.ACCESS_REFUSED, part, request, response));
                }
            }
        });
    }

    /** Inside, where it is known who asks. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> trailOfVisitors(AuditThrottle throttle) {
        return registered(SecurityProperties.DEFAULT_FILTER_ORDER + 1, new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String part = part(request);
                String actor = Origin.actor();
                chain.doFilter(request, response);
                if (request.getServletPath().startsWith(CONSOLE)
                        && !part.equals(HEALTH)
                        && response.getStatus() != HttpServletResponse.SC_FORBIDDEN) {
                    throttle.record(line(actor, Deed.OPERATOR_LOOKED, part, request, response));
                }
            }
        });
    }

    /** Notes who is refused while that is known: Spring Security forgets it before a filter outside of it goes on. */
    private static final class Refusing extends HttpServletResponseWrapper {

        private final HttpServletRequest request;
        private String actor = AuditLine.ANONYMOUS;

        Refusing(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void setStatus(int status) {
            note(status);
            super.setStatus(status);
        }

        @Override
        public void sendError(int status) throws IOException {
            note(status);
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            note(status);
            super.sendError(status, message);
        }

        private void note(int status) {
            if (status == SC_FORBIDDEN) {
                actor = request.getAttribute(Audit.ACTOR) instanceof String told ? told : Origin.actor();
            }
        }
    }

    private static FilterRegistrationBean<OncePerRequestFilter> registered(int order, OncePerRequestFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    private static AuditLine line(
            String actor, Deed deed, String part, HttpServletRequest request, HttpServletResponse response) {
        Origin from = Origin.of(request);
        return new AuditLine(
                null,
                actor,
                deed.id(),
                null,
                null,
                Map.of("part", part, "method", known(request.getMethod()), "status", response.getStatus()),
                from.address(),
                from.agent());
    }

    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" -> method;
            default -> "other";
        };
    }

    /** {@code api}, the name of an endpoint of the console, {@code pages}, or empty for what tells of itself. */
    private static String part(HttpServletRequest request) {
        String path = request.getServletPath();
        if (path.startsWith(CONSOLE)) {
            String[] names = path.split("/", 4);
            return names[2].matches("[a-z]{1,20}") ? names[2] : "console";
        }
        if (path.startsWith(WEBHOOKS)) {
            return "";
        }
        return path.startsWith(API) ? "api" : PAGES;
    }
}
