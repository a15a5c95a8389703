package io.dayflow.hub.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How failed sign-ins are slowed down; {@code hub.sign-in.throttle.*} in {@code config/application.yaml}.
 *
 * @param attempts how many sign-ins of one account may fail in a row before the next one has to wait
 * @param addressAttempts the same for one address, whatever the accounts
 * @param window how long failures count: after such a time without a try they are forgotten
 * @param firstWait the first such wait; doubled with each further failure
 * @param longestWait the longest such wait
 */
@ConfigurationProperties("hub.sign-in.throttle")
record ThrottleSettings(
        @DefaultValue("5") int attempts,
        @DefaultValue("30") int addressAttempts,
        @DefaultValue("1h") Duration window,
        @DefaultValue("30s") Duration firstWait,
        @DefaultValue("15m") Duration longestWait) {

    /** The names of both limits. */
    static final String ACCOUNT = "sign-in";

    static final String ADDRESS = "sign-in-address";

    ThrottleSettings {
        if (attempts < 1 || addressAttempts < 1) {
            throw new IllegalArgumentException("hub.sign-in.throttle.attempts and address-attempts are numbers from 1");
        }
        if (!window.isPositive() || !firstWait.isPositive() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("hub.sign-in.throttle.window and first-wait are longer than nothing,"
                    + " and longest-wait is no shorter than first-wait");
        }
    }

    /** Both limits, as {@code RateLimit-Policy} lists them. */
    String policies() {
        long seconds = Math.max(1, window.toSeconds());
        return "\"%s\";q=%d;w=%d, \"%s\";q=%d;w=%d"
                .formatted(ACCOUNT, attempts, seconds, ADDRESS, addressAttempts, seconds);
    }

    /** How long to wait after so many failures, of which {@code allowed} cost nothing. */
    Duration waitAfter(int failures, int allowed) {
        if (failures < allowed) {
            return Duration.ZERO;
        }
        var wait = firstWait;
        for (int more = failures - allowed; more > 0 && wait.compareTo(longestWait) < 0; more--) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
