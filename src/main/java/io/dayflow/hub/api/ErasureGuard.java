package io.dayflow.hub.api;

import io.dayflow.hub.privacy.Erase;
import io.dayflow.hub.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses what would add to a user's data while they are being erased. Asking for the erasure again is no addition. */
@Configuration(proxyBeanMethods = false)
class ErasureGuard implements WebMvcConfigurer, HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Erase erase;

    ErasureGuard(Erase erase) {
        this.erase = erase;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").excludePathPatterns("/api/integrations/data/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (!READING.contains(request.getMethod())
                && signedIn != null
                && signedIn.getPrincipal() instanceof Caller caller) {
            erase.refuse(caller.userId());
        }
        return true;
    }
}
