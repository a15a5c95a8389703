package io.dayflow.hub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.oauth.WrongState;
import io.dayflow.hub.refusal.BodyTooLarge;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.CallerRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.CharConversionException;
import java.net.URI;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns whatever goes wrong in a call into a problem document (RFC 9457). What the caller can do something about is said
 * field by field; what is our fault is logged here and told without its insides.
 */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String TYPES = "urn:dayflow-hub:problem:";
    static final String DENIED = "This caller may not do that.";
    private static final String FAILED = "The hub failed to do this; its log says why. Try again later.";

    private final JsonFaults faults;
    private final ApiWatch watch;

    ProblemHandler(ObjectMapper mapper, ApiWatch watch) {
        this.watch = watch;
        this.faults = new JsonFaults(mapper);
    }

    // --- the domain's own

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequest invalid) {
        return invalid(invalid.errors());
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(NotFound absent) {
        return respond(HttpStatus.NOT_FOUND, "not-found", absent.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> conflict(ConflictingState conflict) {
        return respond(HttpStatus.CONFLICT, "conflicting-state", conflict.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RefusedByService refused) {
        var problem = problem(HttpStatus.UNPROCESSABLE_ENTITY, "refused-by-service", refused.getMessage());
        problem.setProperty("code", refused.code());
        return respond(problem, new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongState(WrongState wrong) {
        var field = wrong.reason() == WrongState.Reason.ISSUER ? "iss" : "state";
        return invalid(List.of(new FieldError(field, wrong.reason().words() + "; begin again with authorize")));
    }

    // --- who calls

    @ExceptionHandler
    ResponseEntity<Object> unauthenticated(AuthenticationException refused, HttpServletRequest request) {
        watch.refused(request);
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return respond(
                problem(
                        HttpStatus.UNAUTHORIZED,
                        "unauthenticated",
                        "This call needs a valid token, Authorization: Bearer <token>, or a signed-in session."),
                headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> callerRefused(CallerRefused refused, HttpServletRequest request) {
        watch.refused(request, refused);
        return switch (refused.reason()) {
            case HEADER_INVALID -> invalid(List.of(new FieldError(CallerRefused.HEADER, text(refused))));
            case NO_SUCH_USER -> respond(HttpStatus.FORBIDDEN, "no-such-user", text(refused));
            case NOT_OWN_USER -> respond(HttpStatus.FORBIDDEN, "forbidden", text(refused));
        };
    }

    // --- the form of the request

    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException rejected) {
        return respond(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "The address or a header holds characters that are not accepted.");
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyTooLarge tooLarge) {
        return respond(HttpStatus.PAYLOAD_TOO_LARGE, "too-large", text(tooLarge));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(JsonBodyAdvice.UnreadableText unreadable) {
        return wrongBody(text(unreadable));
    }

    @ExceptionHandler
    ResponseEntity<Object> otherCharset(JsonBodyAdvice.OtherCharset other) {
        return respond(HttpStatus.UNSUPPORTED_MEDIA_TYPE, null, explained(HttpStatus.UNSUPPORTED_MEDIA_TYPE));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(CharConversionException unreadable) {
        return wrongBody("is not valid UTF-8");
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException mistyped) {
        return invalid(List.of(new FieldError(mistyped.getName(), "has a value of another kind")));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge tooLarge) {
                return tooLarge(tooLarge);
            }
            if (cause instanceof JsonProcessingException json) {
                return invalid(faults.describe(json, ApiWatch.body(request)));
            }
        }
        return wrongBody("is needed, in JSON");
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(invalid.getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), message(error.getDefaultMessage())))
                .toList());
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(invalid.getParameterValidationResults().stream()
                .flatMap(result -> result instanceof ParameterErrors body
                        ? body.getFieldErrors().stream()
                                .map(error -> new FieldError(error.getField(), message(error.getDefaultMessage())))
                        : result.getResolvableErrors().stream()
                                .map(error -> new FieldError(
                                        String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                        message(error.getDefaultMessage()))))
                .toList());
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return invalid(List.of(new FieldError(missing.getParameterName(), "is needed")));
    }

    /** 404 of an unknown path, 405, 406, 415 and the rest of what Spring itself refuses. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception refused, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            return unexpected(refused);
        }
        var known = HttpStatus.resolve(status.value());
        var problem = problem(status, null, known == null ? "" : explained(known));
        return respond(problem, headers);
    }

    static String explained(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this address.";
            case METHOD_NOT_ALLOWED -> "This address does not take this method; the header Allow names those it takes.";
            case NOT_ACCEPTABLE -> "This address answers in none of the types that the header Accept names.";
            case UNSUPPORTED_MEDIA_TYPE -> "This call takes a body of the type application/json in UTF-8 only.";
            case PAYLOAD_TOO_LARGE -> "The body is too large.";
            case UNAUTHORIZED -> "Nobody has proved who asks.";
            case FORBIDDEN -> DENIED;
            case TOO_MANY_REQUESTS -> "There were too many requests; the header Retry-After says when to try again.";
            default -> status.is5xxServerError() ? FAILED : "The request is not accepted.";
        };
    }

    // --- our own faults

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        SQLTransientConnectionException.class
    })
    ResponseEntity<Object> unavailable(Exception failed) {
        log.warn("The database did not answer: {}", failed.getMessage());
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return respond(
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "The database does not answer; try again shortly."),
                headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failed) {
        log.error("A call failed", failed);
        return respond(HttpStatus.INTERNAL_SERVER_ERROR, "internal", FAILED);
    }

    // --- the document

    private static ResponseEntity<Object> wrongBody(String message) {
        return invalid(List.of(new FieldError(JsonFaults.BODY, message)));
    }

    private static ResponseEntity<Object> invalid(List<FieldError> errors) {
        var problem = problem(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                errors.getFirst().field() + " " + errors.getFirst().message()
                        + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : ""));
        problem.setProperty("errors", errors);
        return respond(problem, new HttpHeaders());
    }

    private static ResponseEntity<Object> respond(HttpStatus status, @Nullable String type, @Nullable String detail) {
        return respond(problem(status, type, detail), new HttpHeaders());
    }

    private static ResponseEntity<Object> respond(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    static ProblemDetail problem(HttpStatusCode status, @Nullable String type, @Nullable String detail) {
        var problem = ProblemDetail.forStatus(status);
        problem.setType(URI.create(type == null ? "about:blank" : TYPES + type));
        if (detail != null) {
            problem.setDetail(detail);
        }
        return problem;
    }

    private static String text(Exception exception) {
        return message(exception.getMessage());
    }

    private static String message(@Nullable String message) {
        return message == null ? "is not accepted" : message;
    }
}
