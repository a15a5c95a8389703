package io.dayflow.hub.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How deliveries of services are taken and worked on; {@code hub.webhook.*} in {@code config/application.yaml}.
 *
 * @param readTimeout how long the body of a delivery may take to arrive
 * @param largeBodies how many bodies over 64 KiB may be in hand at once; more are asked to come again
 * @param waitingSize the most bytes that may wait to be stored; more are asked to come again
 * @param batch the most deliveries, or hints of one connection, that are worked on together
 * @param retryDelay the first wait before what failed is tried again; doubled with each further failure
 * @param retryLongest the longest such wait
 * @param attempts how often a delivery, or an object, that makes no sense is tried before it is parked
 * @param silence how long a service that used to tell, or should, may be silent while runs find changes
 */
@ConfigurationProperties("hub.webhook")
public record WebhookSettings(
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("32") int largeBodies,
        @DefaultValue("32MB") DataSize waitingSize,
        @DefaultValue("500") int batch,
        @DefaultValue("2s") Duration retryDelay,
        @DefaultValue("15m") Duration retryLongest,
        @DefaultValue("5") int attempts,
        @DefaultValue("24h") Duration silence) {

    public WebhookSettings {
        if (batch < 1 || batch > 1000) {
            throw new IllegalArgumentException("hub.webhook.batch is a number from 1 to 1000");
        }
        if (largeBodies < 1) {
            throw new IllegalArgumentException("hub.webhook.large-bodies is a number from 1");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("hub.webhook.attempts is a number from 1");
        }
        if (waitingSize.toMegabytes() < 2) {
            throw new IllegalArgumentException("hub.webhook.waiting-size is at least 2MB");
        }
    }
}
