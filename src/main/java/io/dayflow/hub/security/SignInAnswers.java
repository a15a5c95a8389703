package io.dayflow.hub.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

/** What is answered to a sign-in that has to wait: 429, and when it is worth trying again. Others are answered as ever. */
final class SignInAnswers {

    /** The seconds to wait, for the sign-in page. */
    private static final String WAIT = "signInWait";

    private SignInAnswers() {}

    /** For the form: the sign-in page once more, which says it. */
    static AuthenticationFailureHandler form(String page) {
        var usual = new SimpleUrlAuthenticationFailureHandler(page + "?error");
        usual.setAllowSessionCreation(false);
        return (request, response, why) -> {
            if (why instanceof SignInRefused refused) {
                request.setAttribute(WAIT, wait(refused, response));
                request.getRequestDispatcher(page).forward(new Get(request), response);
            } else {
                usual.onAuthenticationFailure(request, response, why);
            }
        };
    }

    /** For HTTP Basic. */
    static AuthenticationEntryPoint basic(AuthenticationEntryPoint usual) {
        return (request, response, why) -> {
            if (why instanceof SignInRefused refused) {
                wait(refused, response);
                response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
            } else {
                usual.commence(request, response, why);
            }
        };
    }

    /** In the fields of all other limits, too. */
    private static long wait(SignInRefused refused, HttpServletResponse response) {
        long seconds = refused.asTooManyRequests().seconds();
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        response.setHeader("RateLimit", "\"%s\";r=0;t=%d".formatted(refused.limit(), seconds));
        response.setHeader("RateLimit-Policy", refused.limits());
        return seconds;
    }

    private static final class Get extends HttpServletRequestWrapper {

        Get(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }
}
