package io.dayflow.hub.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the trail is kept.
 *
 * @param audit age at which lines are forgotten, at least a day
 */
@ConfigurationProperties("hub.retention")
public record AuditRetention(@DefaultValue("180d") Duration audit) {

    public AuditRetention {
        if (audit.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("hub.retention.audit must be at least 1d, not " + audit);
        }
    }
}
