package io.dayflow.hub.web;

import io.dayflow.hub.alert.ForeignIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells where a visitor asked for a page about another user's object. */
@Component
class PageWatch implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(PageWatch.class);

    private final Visitors visitors;
    private final ForeignIds foreign;

    PageWatch(Visitors visitors, ForeignIds foreign) {
        this.visitors = visitors;
        this.foreign = foreign;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/api/**", "/assets/**", "/webjars/**", "/error");
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failed) {
        if (response.getStatus() == HttpServletResponse.SC_NOT_FOUND && request.getUserPrincipal() != null) {
            try {
                foreign.tried(visitors.of(request).userId(), request.getRequestURI() + " " + request.getQueryString());
            } catch (NoUser | AccessDeniedException nobody) {
                log.debug("Nobody whose page it could be: {}", nobody.getMessage());
            }
        }
    }
}
