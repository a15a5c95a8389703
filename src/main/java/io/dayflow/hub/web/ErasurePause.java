package io.dayflow.hub.web;

import io.dayflow.hub.privacy.Erase;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Forms add nothing to the data of a user that are being erased. */
@Component
class ErasurePause implements HandlerInterceptor {

    private final Visitors visitors;
    private final Erase erase;

    ErasurePause(Visitors visitors, Erase erase) {
        this.visitors = visitors;
        this.erase = erase;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getMethod().equals("POST") && request.getUserPrincipal() != null) {
            erase.refuse(visitors.of(request).userId());
        }
        return true;
    }
}
