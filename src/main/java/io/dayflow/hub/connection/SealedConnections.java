package io.dayflow.hub.connection;

import io.dayflow.hub.security.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What connections keep sealed. */
@Configuration(proxyBeanMethods = false)
class SealedConnections {

    @Bean
    SealedColumn sealedCredentials() {
        return new SealedColumn("hub.connection", "credentials", "credentials_key", "'connection:' || id");
    }

    @Bean
    SealedColumn sealedTokens() {
        return new SealedColumn("hub.oauth_grant", "tokens", "tokens_key", "'oauth-grant:' || connection_id");
    }
}
