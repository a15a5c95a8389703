package io.dayflow.hub.sync;

import io.dayflow.hub.link.Trail;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub works; {@code hub.sync.*} in {@code config/application.yaml}.
 *
 * @param leaseDuration how long a lease lasts when its holder is silent
 * @param pageSize the most objects that are fetched and committed together, where the provider does not bear fewer
 * @param guardCount a run that deletes at most this many items is never held
 * @param guardPercent nor one that deletes at most this part of a connection's items
 * @param runRetryDelay the first wait after a run failed; doubled with each further failure
 * @param retryDelay the first wait after a push failed; doubled with each further failure
 * @param retryLongest the longest wait of either
 * @param attempts how often a push is tried before it is parked, where the service's answer makes no sense
 * @param keepDeleted how long a deleted item is kept at least, so that it can be taken back
 * @param sweepInterval how often a connection is swept by itself; zero: never
 * @param quarantineFlips a link whose sides take each other back so often in a row is no longer carried over
 * @param quarantineWindow the time in which that counts
 */
@ConfigurationProperties("hub.sync")
public record SyncSettings(
        @DefaultValue("30s") Duration leaseDuration,
        @DefaultValue("500") int pageSize,
        @DefaultValue("10") int guardCount,
        @DefaultValue("25") int guardPercent,
        @DefaultValue("20s") Duration runRetryDelay,
        @DefaultValue("2s") Duration retryDelay,
        @DefaultValue("15m") Duration retryLongest,
        @DefaultValue("5") int attempts,
        @DefaultValue("30d") Duration keepDeleted,
        @DefaultValue("7d") Duration sweepInterval,
        @DefaultValue("5") int quarantineFlips,
        @DefaultValue("1h") Duration quarantineWindow) {

    /** As many as a link remembers. */
    private static final int MOST_FLIPS = Trail.LENGTH - 4;

    public SyncSettings {
        if (leaseDuration.toMillis() < 1000) {
            throw new IllegalArgumentException("hub.sync.lease-duration is at least 1s");
        }
        if (keepDeleted.toDays() < 1) {
            throw new IllegalArgumentException("hub.sync.keep-deleted is at least 1d");
        }
        if (sweepInterval.isNegative() || !sweepInterval.isZero() && sweepInterval.toMillis() < 1000) {
            throw new IllegalArgumentException("hub.sync.sweep-interval is 0, for never, or at least 1s");
        }
        if (quarantineFlips < 2 || quarantineFlips > MOST_FLIPS) {
            throw new IllegalArgumentException("hub.sync.quarantine-flips is a number from 2 to " + MOST_FLIPS);
        }
        if (quarantineWindow.toMillis() < 1000) {
            throw new IllegalArgumentException("hub.sync.quarantine-window is at least 1s");
        }
        if (pageSize < 1 || pageSize > 1000) {
            throw new IllegalArgumentException("hub.sync.page-size is a number from 1 to 1000");
        }
    }
}
