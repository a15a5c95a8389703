package io.dayflow.hub.api;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What somebody is told who is known, and may not do what they ask for, or not so. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class DeniedProblems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AccessDeniedException denied) {
        return refusal("forbidden", ProblemHandler.DENIED);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unproved(CsrfException missing) {
        return refusal(
                "csrf",
                "A signed-in session changes something only with the header X-CSRF-TOKEN, which holds the _csrf of a form of"
                        + " the hub's pages, and the cookie that came with that page.");
    }

    private static ResponseEntity<ProblemDetail> refusal(String type, String detail) {
        return ResponseEntity.status(HttpStatus.FORBIDDEN)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemHandler.problem(HttpStatus.FORBIDDEN, type, detail));
    }
}
