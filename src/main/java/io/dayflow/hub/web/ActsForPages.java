package io.dayflow.hub.web;

import io.dayflow.hub.privacy.ActsFor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Tells of pages that an operator sees as somebody else, and of what is done there. */
@Component
class ActsForPages implements HandlerInterceptor {

    private static final Logger log = LoggerFactory.getLogger(ActsForPages.class);

    private final Visitors visitors;
    private final ActsFor actsFor;

    ActsForPages(Visitors visitors, ActsFor actsFor) {
        this.visitors = visitors;
        this.actsFor = actsFor;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST && request.getUserPrincipal() != null) {
            try {
                actsFor.tell(visitors.of(request).userId());
            } catch (NoUser | AccessDeniedException nobody) {
                log.debug("Nobody whose page it could be: {}", nobody.getMessage());
            }
        }
        return true;
    }
}
