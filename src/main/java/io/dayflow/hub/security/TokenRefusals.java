package io.dayflow.hub.security;

import io.dayflow.hub.security.CallLimits.Who;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers calls that nobody has proved to be theirs. Tokens that are not valid are counted by where they come from: many of
 * them are answered 429, so that nobody tries on and on. Valid ones from the same place are not affected. A valid token that
 * may not call for the user it names counts as its other calls do.
 */
final class TokenRefusals implements AuthenticationEntryPoint {

    private final HandlerExceptionResolver problems;
    private final CallLimits limits;

    TokenRefusals(HandlerExceptionResolver problems, CallLimits limits) {
        this.problems = problems;
        this.limits = limits;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why) {
        Optional<Exception> tooMany = counted(request, why).flatMap(who -> limits.count(who, response));
        problems.resolveException(request, response, null, tooMany.orElse(why));
    }

    private static Optional<Who> counted(HttpServletRequest request, AuthenticationException why) {
        return switch (why) {
            case CallerRefused refused -> Optional.of(refused.who());
            case BadCredentialsException wrong ->
                Optional.of(new Who.Stranger(ClientNetwork.of(request.getRemoteAddr())));
            default -> Optional.empty();
        };
    }
}
