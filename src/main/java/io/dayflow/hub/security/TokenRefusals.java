package io.dayflow.hub.security;

import io.dayflow.hub.refusal.TooManyRequests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers calls that nobody has proved to be theirs. Tokens that are not valid are counted by where they come from: many of
 * them are answered 429, so that nobody tries on and on. Valid ones from the same place are not affected.
 */
final class TokenRefusals implements AuthenticationEntryPoint {

    private final HandlerExceptionResolver problems;
    private final WrongTokens wrong;

    TokenRefusals(HandlerExceptionResolver problems, WrongTokens wrong) {
        this.problems = problems;
        this.wrong = wrong;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why) {
        problems.resolveException(request, response, null, answer(request, why));
    }

    private Exception answer(HttpServletRequest request, AuthenticationException why) {
        if (!(why instanceof BadCredentialsException)) {
            return why;
        }
        return wrong.refusal(ClientNetwork.of(request.getRemoteAddr()))
                .<Exception>map(wait -> new TooManyRequests("this address with tokens that are not valid", wait))
                .orElse(why);
    }
}
