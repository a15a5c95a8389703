package io.dayflow.hub.limit;

import io.dayflow.hub.limit.RateLimits.Who;
import io.dayflow.hub.security.WrongTokens;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Counts calls with tokens that are not valid. */
@Component
class WrongTokenLimit implements WrongTokens {

    private final RateLimits limits;

    WrongTokenLimit(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Optional<Duration> refusal(String network) {
        return limits.refusal(new Who(Policy.WRONG_TOKENS, network));
    }
}
