package io.dayflow.hub.oauth;

import io.dayflow.hub.call.CallSettings;
import io.dayflow.hub.security.SealedColumn;
import java.time.Clock;
import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** The client for token addresses: on the connections of all other calls, and with the same guards. */
@Configuration(proxyBeanMethods = false)
class OauthConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Bean
    SealedColumn sealedVerifiers() {
        return new SealedColumn(
                "hub.authorization_request",
                "verifier",
                "verifier_key",
                "'authorization-request:' || encode(state_digest, 'hex')");
    }

    @Bean
    TokenEndpoint tokenEndpoint(
            PoolingHttpClientConnectionManager connections,
            CallSettings settings,
            Clock clock,
            ObjectProvider<LoggingSystem> logging) {
        // at DEBUG it writes the parameters of requests, secrets among them
        logging.ifAvailable(
                system -> system.setLogLevel("org.springframework.web.client.DefaultRestClient", LogLevel.OFF));
        var patience = settings.responseTimeout().compareTo(PATIENCE) < 0 ? settings.responseTimeout() : PATIENCE;
        var client = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("DayFlow-Hub")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(patience))
                        .setResponseTimeout(Timeout.of(patience))
                        .build())
                .addExecInterceptorFirst("small-answers", new SmallAnswers(LONGEST))
                .build();
        return new TokenEndpoint(new HttpComponentsClientHttpRequestFactory(client), clock);
    }
}
