package io.dayflow.hub.security;

import io.dayflow.hub.refusal.TooManyRequests;
import java.time.Duration;
import org.springframework.security.authentication.AccountStatusException;

/** A sign-in that has to wait: its password was not looked at. Whether there is such an account makes no difference. */
public final class SignInRefused extends AccountStatusException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;
    private final String limit;
    private final String limits;

    /**
     * @param limit the name of the limit that was reached
     * @param limits all of them, as {@code RateLimit-Policy} lists them
     */
    SignInRefused(Duration delay, String limit, String limits) {
        super("Too many sign-ins failed: the next one is taken in " + new TooManyRequests("", delay).seconds() + " s.");
        this.delay = delay;
        this.limit = limit;
        this.limits = limits;
    }

    /** How long no try is looked at. */
    public Duration delay() {
        return delay;
    }

    String limit() {
        return limit;
    }

    String limits() {
        return limits;
    }

    /** The same as a refusal of a request. */
    public TooManyRequests asTooManyRequests() {
        return new TooManyRequests("this account or address, which failed to sign in", delay);
    }
}
