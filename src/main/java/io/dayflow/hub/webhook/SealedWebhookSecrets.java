package io.dayflow.hub.webhook;

import io.dayflow.hub.security.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the sealed secrets of webhooks to those who rotate keys. */
@Configuration(proxyBeanMethods = false)
class SealedWebhookSecrets {

    @Bean
    SealedColumn sealedSecretsOfWebhooks() {
        return new SealedColumn("hub.webhook_secret", "secret", "secret_key", "'webhook-secret:' || id");
    }
}
