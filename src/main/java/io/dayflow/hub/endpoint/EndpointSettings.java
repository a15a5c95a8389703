package io.dayflow.hub.endpoint;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks go out; {@code hub.endpoints.*} in {@code config/application.yaml}.
 *
 * @param schedule the waits after failed attempts; after the attempt that follows the last one a message is given up
 * @param timeout for a whole request and answer
 * @param disableAfter an endpoint that failed for so long without a success is told nothing more
 * @param overlap how long a replaced secret still signs beside the new one
 * @param keep how long messages are kept after they were sent or given up
 * @param most the most endpoints of one user
 */
@ConfigurationProperties("hub.endpoints")
public record EndpointSettings(
        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> schedule,

        @DefaultValue("15s") Duration timeout,
        @DefaultValue("5d") Duration disableAfter,
        @DefaultValue("24h") Duration overlap,
        @DefaultValue("14d") Duration keep,
        @DefaultValue("20") int most) {

    public EndpointSettings {
        schedule = List.copyOf(schedule);
        if (schedule.stream().anyMatch(wait -> !wait.isPositive())
                || !timeout.isPositive()
                || !disableAfter.isPositive()
                || overlap.isNegative()
                || !keep.isPositive()
                || most < 1) {
            throw new IllegalArgumentException("hub.endpoints: waits and times are positive, and most is at least 1");
        }
    }
}
