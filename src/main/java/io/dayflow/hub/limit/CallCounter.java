package io.dayflow.hub.limit;

import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.refusal.TooManyRequests;
import io.dayflow.hub.security.CallLimits;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts requests, says in their answers how the limits stand, and tells of those that are refused. */
@Component
class CallCounter implements CallLimits {

    private static final String SERVICE = "service";

    private final RateLimits limits;
    private final Signals signals;

    CallCounter(RateLimits limits, Signals signals) {
        this.limits = limits;
        this.signals = signals;
    }

    @Override
    public Optional<TooManyRequests> count(Who who, HttpServletResponse answer) {
        var standings = limits.take(counted(who));
        if (standings.isEmpty()) {
            return Optional.empty();
        }
        answer.setHeader(RateLimitFields.POLICY, RateLimitFields.policies(standings));
        answer.setHeader(RateLimitFields.STANDING, RateLimitFields.standing(standings));
        var last = standings.getLast();
        if (!last.refused()) {
            return Optional.empty();
        }
        tell(who);
        return Optional.of(new TooManyRequests(last.policy().words(), last.delay()));
    }

    private static List<RateLimits.Who> counted(Who who) {
        return switch (who) {
            case Who.Service service ->
                Stream.concat(
                                Stream.of(new RateLimits.Who(Policy.SERVICE, SERVICE)),
                                Stream.ofNullable(user(service.userId())))
                        .toList();
            case Who.Token token ->
                List.of(
                        new RateLimits.Who(Policy.TOKEN, token.tokenId().toString()),
                        new RateLimits.Who(Policy.USER, token.userId().toString()));
            case Who.Session session ->
                List.of(new RateLimits.Who(Policy.USER, session.userId().toString()));
            case Who.Person person -> List.of(new RateLimits.Who(Policy.PAGES, person.name()));
            case Who.Stranger stranger -> List.of(new RateLimits.Who(Policy.WRONG_TOKENS, stranger.network()));
        };
    }

    private static RateLimits.@Nullable Who user(@Nullable UUID id) {
        return id == null ? null : new RateLimits.Who(Policy.USER, id.toString());
    }

    private void tell(Who who) {
        switch (who) {
            case Who.Service service -> {
                var user = service.userId();
                signals.tell(Rule.RATE_LIMIT, user == null ? SERVICE : user.toString(), user);
            }
            case Who.Token token -> signals.tell(Rule.RATE_LIMIT, token.userId());
            case Who.Session session -> signals.tell(Rule.RATE_LIMIT, session.userId());
            case Who.Person person -> signals.tell(Rule.RATE_LIMIT, person.name(), null);
            case Who.Stranger stranger -> {} // refused tokens have a rule of their own
        }
    }
}
