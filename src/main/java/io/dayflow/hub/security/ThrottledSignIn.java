package io.dayflow.hub.security;

import io.micrometer.core.instrument.Counter;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.event.AuthenticationFailureLockedEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks passwords by another provider, and none while the throttle makes an account or address wait. Tries of one account
 * are looked at one after the other, so that a script that signs in with the right password many times at once does not run
 * into a wait.
 */
final class ThrottledSignIn implements AuthenticationProvider {

    private static final int STRIPES = 64;

    private final AuthenticationProvider passwords;
    private final SignInThrottle throttle;
    private final ApplicationEventPublisher events;
    private final Counter refused;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    ThrottledSignIn(
            AuthenticationProvider passwords,
            SignInThrottle throttle,
            ApplicationEventPublisher events,
            Counter refused) {
        this.passwords = passwords;
        this.throttle = throttle;
        this.events = events;
        this.refused = refused;
        Arrays.setAll(stripes, stripe -> new ReentrantLock());
    }

    @Override
    public boolean supports(Class<?> kind) {
        return passwords.supports(kind);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication asked) {
        var account = asked.getName() == null ? "" : asked.getName();
        var address = asked.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : null;
        try {
            throttle.refuseWhoHasToWait(account, address);
            var stripe = stripes[Math.floorMod(account.hashCode(), STRIPES)];
            stripe.lock();
            try {
                return checked(asked, throttle.begin(account, address));
            } finally {
                stripe.unlock();
            }
        } catch (SignInRefused wait) {
            refused.increment();
            events.publishEvent(new AuthenticationFailureLockedEvent(asked, wait));
            throw wait;
        }
    }

    private @Nullable Authentication checked(Authentication asked, SignInThrottle.Try begun) {
        try {
            var proved = passwords.authenticate(asked);
            if (proved == null) {
                begun.cameToNothing();
            } else {
                begun.succeeded();
            }
            return proved;
        } catch (InternalAuthenticationServiceException broken) {
            begun.cameToNothing();
            throw broken;
        } catch (AuthenticationException failed) {
            throw failed;
        } catch (RuntimeException broken) {
            begun.cameToNothing();
            throw broken;
        }
    }
}
