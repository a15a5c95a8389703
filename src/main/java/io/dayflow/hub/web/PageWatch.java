package io.dayflow.hub.web;

import io.dayflow.hub.alert.ForeignIds;
import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells what a visitor does, as far as too much of it is worth an alert: read, export, delete, ask for others' objects. */
@Component
class PageWatch implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(PageWatch.class);

    private static final Pattern DELETING = Pattern.compile(".*/(delete|disconnect|discard|revoke|erase)");

    private final Visitors visitors;
    private final ForeignIds foreign;
    private final Signals signals;

    PageWatch(Visitors visitors, ForeignIds foreign, Signals signals) {
        this.visitors = visitors;
        this.foreign = foreign;
        this.signals = signals;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/api/**", "/assets/**", "/webjars/**", "/error");
    }

    /** What is done is told before: what an erasure does not find would stay. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var visitor = request.getUserPrincipal();
        if (visitor != null && !request.getMethod().equals("GET")) {
            count(request, visitor.getName());
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failed) {
        var visitor = request.getUserPrincipal();
        if (visitor == null) {
            return;
        }
        if (request.getMethod().equals("GET")) {
            count(request, visitor.getName());
        }
        if (response.getStatus() == HttpServletResponse.SC_NOT_FOUND) {
            try {
                foreign.tried(visitors.of(request).userId(), request.getRequestURI() + " " + request.getQueryString());
            } catch (NoUser | AccessDeniedException nobody) {
                log.debug("Nobody whose page it could be: {}", nobody.getMessage());
            }
        }
    }

    /** @param name a user's id, or the name of an account that is nobody's in DayFlow */
    private void count(HttpServletRequest request, String name) {
        var user = name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") ? UUID.fromString(name) : null;
        var path = request.getRequestURI();
        if (request.getMethod().equals("GET")) {
            signals.tell(path.endsWith("/export") ? Rule.EXPORTS : Rule.READS, name, user);
        } else if (request.getMethod().equals("POST") && DELETING.matcher(path).matches()) {
            signals.tell(Rule.DELETES, name, user);
        }
    }
}
