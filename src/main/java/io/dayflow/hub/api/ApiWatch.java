package io.dayflow.hub.api;

import io.dayflow.hub.alert.ForeignIds;
import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.CallerRefused;
import io.dayflow.hub.security.ClientNetwork;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells what callers do, as far as too much of it is worth an alert: read, export, delete, try others' ids, and show wrong tokens. */
@Component
class ApiWatch implements HandlerInterceptor, WebMvcConfigurer {

    private static final String BODY = ApiWatch.class.getName() + ".body";
    private static final String ABSENT = ApiWatch.class.getName() + ".absent";

    private final Signals signals;
    private final ForeignIds foreign;

    ApiWatch(Signals signals, ForeignIds foreign) {
        this.signals = signals;
        this.foreign = foreign;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").excludePathPatterns(PrivacyController.RECEIPTS);
    }

    /** Keeps a body until its request ends: the ids in it may be others'. */
    static void remember(byte[] body) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(BODY, body, RequestAttributes.SCOPE_REQUEST);
        }
    }

    /** What was remembered of this request; null where it has no body that was read. */
    static byte @Nullable [] body(RequestAttributes request) {
        return request.getAttribute(BODY, RequestAttributes.SCOPE_REQUEST) instanceof byte[] body ? body : null;
    }

    /** A call was refused since nobody knows who makes it. */
    void refused(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            signals.tell(Rule.TOKEN_REFUSED, ClientNetwork.of(request.getRemoteAddr()), null);
        }
    }

    /** A call was refused since of its user: whose token it is, the trail learns from here. */
    void refused(HttpServletRequest request, CallerRefused refused) {
        refused.owner().ifPresent(owner -> {
            request.setAttribute(Audit.ACTOR, owner.toString());
            if (refused.reason() == CallerRefused.Reason.NOT_OWN_USER) {
                foreign.tried(owner, String.valueOf(request.getHeader(CallerRefused.HEADER)));
            }
        });
    }

    /** Of many things some were not there for the caller, whose call went well all the same. */
    static void absent(HttpServletRequest request, Stream<UUID> ids) {
        request.setAttribute(ABSENT, ids.map(UUID::toString).collect(Collectors.joining(" ")));
    }

    /** Deletions are told before they are done: what an erasure does not find would stay. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var caller = caller();
        if (caller != null && request.getMethod().equals("DELETE")) {
            signals.tell(Rule.DELETES, caller.userId());
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failed) {
        var caller = caller();
        if (caller == null) {
            return;
        }
        if (response.getStatus() == HttpServletResponse.SC_NOT_FOUND
                || response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
            foreign.tried(caller.userId(), named(request));
        } else if (request.getAttribute(ABSENT) instanceof String ids) {
            foreign.tried(caller.userId(), ids);
        }
        if (request.getMethod().equals("GET")) {
            signals.tell(request.getRequestURI().endsWith("/export") ? Rule.EXPORTS : Rule.READS, caller.userId());
        }
    }

    private static @Nullable Caller caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : null;
    }

    private static String named(HttpServletRequest request) {
        String body =
                request.getAttribute(BODY) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        return request.getRequestURI() + " " + request.getQueryString() + " " + body;
    }
}
