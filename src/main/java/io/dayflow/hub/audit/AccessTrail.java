package io.dayflow.hub.audit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

    /** Outside of Spring Security, which ends what it refuses. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> trailOfStrangers(AuditThrottle throttle) {
        return registered(SecurityProperties.DEFAULT_FILTER_ORDER - 1, new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                chain.doFilter(request, response);
                String part = part(request);
                if (!part.isEmpty() && response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
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
                if (!part.isEmpty() && response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
                    throttle.record(line(actor, Deed.ACCESS_REFUSED, part, request, response));
                } else if (request.getServletPath().startsWith(CONSOLE) && !part.equals(HEALTH)) {
                    throttle.record(line(actor, Deed.OPERATOR_LOOKED, part, request, response));
                }
            }
        });
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

    /** {@code api}, the name of an endpoint of the console, or empty for the rest. */
    private static String part(HttpServletRequest request) {
        String path = request.getServletPath();
        if (path.startsWith(CONSOLE)) {
            String[] names = path.split("/", 4);
            return names[2].matches("[a-z]{1,20}") ? names[2] : "console";
        }
        return path.startsWith(API) && !path.startsWith(WEBHOOKS) ? "api" : "";
    }
}
