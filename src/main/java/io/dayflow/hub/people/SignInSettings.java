package io.dayflow.hub.people;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a sign-in lasts.
 *
 * @param idle a session ends when nobody asked for anything so long; what an open page asks for by itself does not count
 * @param lifetime a session ends so long after the sign-in, whatever is asked
 */
@ConfigurationProperties("hub.sign-in")
public record SignInSettings(
        @DefaultValue("2h") Duration idle,
        @DefaultValue("12h") Duration lifetime) {

    public SignInSettings {
        if (idle.isNegative() || idle.isZero() || lifetime.compareTo(idle) < 0) {
            throw new IllegalArgumentException(
                    "hub.sign-in.idle is longer than nothing, and hub.sign-in.lifetime is no shorter");
        }
    }
}
