package io.dayflow.hub.web;

import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * What a person sees when a page cannot be shown: plain words, and an id that leads to the line in the log. Everything
 * that is no page is left to the handler of problem documents.
 */
@Component
class PageErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(PageErrors.class);

    /** Paths that answer programs. */
    private static final String[] NO_PAGES = {"/api", "/actuator", "/v3", "/sandbox", "/assets", "/webjars"};

    /** Before the handler of problem documents. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failed) {
        if (!wantsPage(request, request.getRequestURI())
                || failed instanceof AsyncRequestNotUsableException
                || failed instanceof AccessDeniedException
                || failed instanceof AuthenticationException) {
            return null;
        }
        if (failed instanceof ConflictingState state && request.getMethod().equals("POST")) {
            var told = new Notice("attention", "refused", String.valueOf(state.getMessage()));
            RequestContextUtils.getOutputFlashMap(request).put(Notice.NAME, told);
            return new ModelAndView(Back.to(request, "/integrations"));
        }
        var status = status(failed);
        return page(status, key(failed, status), detail(failed), request.getRequestURI(), failed);
    }

    /** Whether the answer is to be looked at by a person. */
    static boolean wantsPage(HttpServletRequest request, @Nullable String path) {
        var accepted = request.getHeader("Accept");
        boolean html = request.getHeader("HX-Request") != null
                || (accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE));
        if (!html || path == null) {
            return false;
        }
        for (var prefix : NO_PAGES) {
            if (path.equals(prefix) || path.startsWith(prefix + "/")) {
                return false;
            }
        }
        return true;
    }

    /** A page that says what went wrong. */
    static ModelAndView page(
            HttpStatus status, String key, @Nullable String detail, @Nullable String path, @Nullable Exception failed) {
        var id = UUID.randomUUID().toString().substring(0, 8);
        if (status.is5xxServerError()) {
            log.error("Page error {} at {}", id, path, failed);
        } else {
            log.info("Page error {} at {}: {} {}", id, path, status.value(), detail == null ? "" : detail);
        }
        var page = new ModelAndView("error", status);
        page.addAllObjects(Map.of("errorKey", key, "errorId", id, "status", status.value()));
        page.addObject("detail", detail);
        return page;
    }

    private static HttpStatus status(Exception failed) {
        return switch (failed) {
            case NotFound e -> HttpStatus.NOT_FOUND;
            case InvalidRequest e -> HttpStatus.BAD_REQUEST;
            case MethodArgumentTypeMismatchException e -> HttpStatus.NOT_FOUND;
            case ConflictingState e -> HttpStatus.CONFLICT;
            case NoUser e -> HttpStatus.CONFLICT;
            case RequestRejectedException e -> HttpStatus.BAD_REQUEST;
            case CannotCreateTransactionException e -> HttpStatus.SERVICE_UNAVAILABLE;
            case DataAccessResourceFailureException e -> HttpStatus.SERVICE_UNAVAILABLE;
            case SQLTransientConnectionException e -> HttpStatus.SERVICE_UNAVAILABLE;
            case ErrorResponse e -> known(e.getStatusCode().value());
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    static HttpStatus known(int code) {
        var status = HttpStatus.resolve(code);
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }

    private static String key(Exception failed, HttpStatus status) {
        return failed instanceof NoUser ? "nobody" : key(status);
    }

    /** The part of the message keys that says what kind of error it is. */
    static String key(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "absent";
            case FORBIDDEN -> "refused";
            case CONFLICT -> "state";
            case SERVICE_UNAVAILABLE -> "unavailable";
            case TOO_MANY_REQUESTS -> "often";
            default -> status.is5xxServerError() ? "failed" : "request";
        };
    }

    private static @Nullable String detail(Exception failed) {
        return switch (failed) {
            case NotFound e -> e.getMessage();
            case ConflictingState e -> e.getMessage();
            case InvalidRequest e ->
                e.errors().getFirst().field() + " " + e.errors().getFirst().message();
            default -> null;
        };
    }
}
