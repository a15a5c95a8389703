package io.dayflow.hub.api;

import io.dayflow.hub.privacy.ActsFor;
import io.dayflow.hub.security.CallerAuthentication;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Tells of calls that are made for somebody else, be it only to read. DayFlow's backend is nobody, and calls for users by its
 * nature. Receipts of erasures are no user's.
 */
@Configuration(proxyBeanMethods = false)
class ActsForCalls implements WebMvcConfigurer, HandlerInterceptor {

    private final ActsFor actsFor;

    ActsForCalls(ActsFor actsFor) {
        this.actsFor = actsFor;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").excludePathPatterns(PrivacyController.RECEIPTS);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication proof
                && !proof.getPrincipal().backend()) {
            actsFor.tell(proof.getPrincipal().userId());
        }
        return true;
    }
}
