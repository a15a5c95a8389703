package io.dayflow.hub.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code hub.encryption.*}.
 *
 * @param payloads whether what the journal and dead letters hold of items is sealed too, from now on
 * @param rewrapBatch values that are sealed anew together, after the keys were rotated; 1 to 10000
 * @param keepReplaced how long a key that was replaced stays at least, so that work begun with it can end
 */
@ConfigurationProperties("hub.encryption")
public record EncryptionSettings(
        @DefaultValue("false") boolean payloads,
        @DefaultValue("200") int rewrapBatch,
        @DefaultValue("10m") Duration keepReplaced) {

    public EncryptionSettings {
        if (rewrapBatch < 1 || rewrapBatch > 10_000) {
            throw new IllegalArgumentException("hub.encryption.rewrap-batch is 1 to 10000");
        }
        if (keepReplaced.isNegative()) {
            throw new IllegalArgumentException("hub.encryption.keep-replaced is a time, for example 10m");
        }
    }
}
