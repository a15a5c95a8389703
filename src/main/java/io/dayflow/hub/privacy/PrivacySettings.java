package io.dayflow.hub.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How exports and erasures go; {@code hub.privacy.*} in {@code config/application.yaml}.
 *
 * @param exports how many exports run at once in this hub; one more is refused
 * @param exportLongest how long one may take before it is cut off; it holds a connection to the database
 * @param revokeAttempts how often a service is asked to end a permission before an erasure goes on without its answer
 * @param revokeDelay the first wait between two such attempts; doubled with each further one
 */
@ConfigurationProperties("hub.privacy")
public record PrivacySettings(
        @DefaultValue("4") int exports,
        @DefaultValue("15m") Duration exportLongest,
        @DefaultValue("5") int revokeAttempts,
        @DefaultValue("30s") Duration revokeDelay) {

    public PrivacySettings {
        if (exports < 1 || exports > 8) {
            throw new IllegalArgumentException("hub.privacy.exports is a number from 1 to 8");
        }
        if (revokeAttempts < 1 || revokeAttempts > 12) {
            throw new IllegalArgumentException("hub.privacy.revoke-attempts is a number from 1 to 12");
        }
        if (exportLongest.isNegative() || exportLongest.isZero()) {
            throw new IllegalArgumentException("hub.privacy.export-longest is a time, for example 15m");
        }
        if (revokeDelay.isNegative()) {
            throw new IllegalArgumentException("hub.privacy.revoke-delay is a time, for example 30s");
        }
    }
}
