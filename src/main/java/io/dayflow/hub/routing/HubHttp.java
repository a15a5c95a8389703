package io.dayflow.hub.routing;

import io.dayflow.hub.call.CallSettings;
import io.dayflow.hub.call.Credentials;
import io.dayflow.hub.call.Departing;
import io.dayflow.hub.call.Departures;
import io.dayflow.hub.call.GuardedResolver;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The Camel component {@code hub-http}: camel-http on an HTTP client of our own, which follows no redirect, repeats
 * nothing, keeps no cookie and answers no challenge by itself, since the routes do.
 */
@Configuration(proxyBeanMethods = false)
class HubHttp {

    @Bean
    PoolingHttpClientConnectionManager hubHttpConnections(
            CallSettings settings,
            @Value("${hub.security.allow-private-addresses:false}") boolean allowPrivateAddresses) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedResolver(allowPrivateAddresses))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnPerRoute(settings.connectionsPerHost())
                .setMaxConnTotal(settings.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(10, TimeUnit.MINUTES)
                        .build())
                .build();
    }

    @Bean("hub-http")
    HttpComponent hubHttp(
            PoolingHttpClientConnectionManager connections,
            CallSettings settings,
            Departures departures,
            Credentials credentials) {
        var component = new HttpComponent();
        component.setClientConnectionManager(connections);
        component.setCookieManagementDisabled(true);
        component.setResponsePayloadStreamingThreshold(
                (int) settings.maxAnswerSize().toBytes());
        component.setHttpClientConfigurer(builder -> configure(builder, settings, new Departing(departures, credentials, settings)));
        return component;
    }

    private static void configure(HttpClientBuilder builder, CallSettings settings, Departing departing) {
        builder.disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("DayFlow-Hub/" + version())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setRedirectsEnabled(false)
                        .setConnectionRequestTimeout(Timeout.of(settings.responseTimeout()))
                        .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                        .build())
                .addExecInterceptorFirst("departing", departing);
    }

    private static String version() {
        String version = HubHttp.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
