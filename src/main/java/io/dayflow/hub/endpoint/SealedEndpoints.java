package io.dayflow.hub.endpoint;

import io.dayflow.hub.security.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What endpoints keep sealed. */
@Configuration(proxyBeanMethods = false)
class SealedEndpoints {

    private static final String TABLE = "hub.webhook_endpoint";
    private static final String CONTEXT = "'webhook-endpoint:' || id";

    @Bean
    SealedColumn sealedEndpointSecrets() {
        return new SealedColumn(TABLE, "secret", "secret_key", CONTEXT);
    }

    @Bean
    SealedColumn sealedOldEndpointSecrets() {
        return new SealedColumn(TABLE, "old_secret", "old_secret_key", CONTEXT);
    }
}
