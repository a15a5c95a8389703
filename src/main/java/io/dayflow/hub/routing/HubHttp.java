package io.dayflow.hub.routing;

import io.dayflow.hub.CannotStart;
import io.dayflow.hub.call.AllowedAddresses;
import io.dayflow.hub.call.CallSettings;
import io.dayflow.hub.call.Credentials;
import io.dayflow.hub.call.Departing;
import io.dayflow.hub.call.Departures;
import io.dayflow.hub.call.GuardedResolver;
import io.dayflow.hub.call.PlainHttp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The Camel component {@code hub-http}: camel-http on an HTTP client of our own, which follows no redirect, repeats
 * nothing, keeps no cookie and answers no challenge by itself, since the routes do.
 */
@Configuration(proxyBeanMethods = false)
class HubHttp {

    /** Of an answer; a client of its own accord takes any number of any length, into memory. */
    private static final int MOST_HEADERS = 200;

    private static final int LONGEST_LINE = 32 * 1024;

    @Bean
    GuardedResolver guardedResolver(
            @Value("${hub.security.allow-private-addresses:false}") boolean allowPrivateAddresses,
            @Value("${hub.security.allowed-addresses:}") String allowedAddresses,
            ObjectProvider<AllowedAddresses> more) {
        return new GuardedResolver(allowPrivateAddresses, allowed(allowedAddresses, more));
    }

    /** For what users type: what the hub itself may call besides is none of their affair. */
    @Bean(defaultCandidate = false)
    GuardedResolver typedResolver(
            @Value("${hub.security.allow-private-addresses:false}") boolean allowPrivateAddresses,
            @Value("${hub.security.allowed-addresses:}") String allowedAddresses) {
        return new GuardedResolver(allowPrivateAddresses, named(allowedAddresses));
    }

    @Bean
    PoolingHttpClientConnectionManager hubHttpConnections(CallSettings settings, GuardedResolver resolver) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_LINE)
                                .build())
                        .build())
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

    @Bean
    PlainHttp plainHttp(
            @Value("${hub.security.allow-http:${hub.security.allow-private-addresses:false}}") boolean allowHttp,
            @Value("${hub.security.allowed-addresses:}") String allowedAddresses,
            ObjectProvider<AllowedAddresses> more) {
        return new PlainHttp(allowHttp, allowed(allowedAddresses, more));
    }

    @Bean(defaultCandidate = false)
    PlainHttp typedPlainHttp(
            @Value("${hub.security.allow-http:${hub.security.allow-private-addresses:false}}") boolean allowHttp,
            @Value("${hub.security.allowed-addresses:}") String allowedAddresses) {
        return new PlainHttp(allowHttp, named(allowedAddresses));
    }

    private static AllowedAddresses named(String setting) {
        try {
            return AllowedAddresses.parse(setting);
        } catch (IllegalArgumentException explained) {
            throw new CannotStart(String.valueOf(explained.getMessage()));
        }
    }

    private static AllowedAddresses allowed(String setting, ObjectProvider<AllowedAddresses> more) {
        AllowedAddresses named = named(setting);
        List<AllowedAddresses> others = more.stream().toList();
        return (host, port) -> named.allow(host, port) || others.stream().anyMatch(other -> other.allow(host, port));
    }

    @Bean("hub-http")
    HttpComponent hubHttp(
            PoolingHttpClientConnectionManager connections,
            CallSettings settings,
            Departures departures,
            Credentials credentials,
            ObjectProvider<LoggingSystem> logging) {
        logging.ifAvailable(HubHttp::silence);
        var component = new HttpComponent();
        component.setClientConnectionManager(connections);
        component.setCookieManagementDisabled(true);
        component.setResponsePayloadStreamingThreshold(
                (int) settings.maxAnswerSize().toBytes());
        var departing = new Departing(departures, credentials, settings);
        component.setHttpClientConfigurer(builder -> configure(builder, settings, departing));
        return component;
    }

    /** The client's own loggers of headers, bytes and request lines would show credentials at DEBUG. */
    private static void silence(LoggingSystem logging) {
        logging.setLogLevel("org.apache.hc.client5.http.headers", LogLevel.OFF);
        logging.setLogLevel("org.apache.hc.client5.http.wire", LogLevel.OFF);
        logging.setLogLevel("org.apache.hc.client5.http.impl.classic.MainClientExec", LogLevel.OFF);
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
