package io.dayflow.hub.sandbox;

import io.dayflow.hub.call.AllowedAddresses;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.provider.ProviderCatalog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.transaction.support.TransactionTemplate;

/** The sandbox within the hub: its storage, its doors, and what the hub has to know of it. */
@Configuration(proxyBeanMethods = false)
@Profile(SandboxEnvironment.PROFILE)
class SandboxConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SandboxConfiguration.class);

    @Bean
    SandboxStore sandboxStore(JdbcTemplate jdbc, TransactionTemplate transactions) {
        return new SandboxStore(jdbc, transactions);
    }

    @Bean
    SandboxAddress sandboxAddress(Environment environment) {
        return new SandboxAddress(environment);
    }

    @Bean
    DemoAccounts sandboxAccounts(List<StandIn> standIns, ProviderCatalog providers) {
        return new SandboxAccounts(standIns, providers);
    }

    /** The hub may call itself, though its address is a private one. */
    @Bean
    AllowedAddresses ownAddress(SandboxAddress address) {
        return (host, port) -> {
            URI own = address.base();
            return host.equals(own.getHost()) && port == own.getPort();
        };
    }

    /** With a port that the system chose, the services' addresses are known only now. */
    @Bean
    ApplicationListener<WebServerInitializedEvent> sandboxOpened(
            ConfigurableEnvironment environment, ProviderCatalog providers, SandboxAddress address) {
        return opened -> {
            if (opened.getApplicationContext().getServerNamespace() != null) {
                return;
            }
            SandboxEnvironment.listening(environment, opened.getWebServer().getPort());
            providers.reload();
            log.info(
                    "The sandbox is on: made-up accounts at stand-ins, no real services, at {}/sandbox/."
                            + " hub.sandbox.enabled=false turns it off",
                    address.base());
        };
    }

    @Bean
    @Order(0)
    SecurityFilterChain sandboxChain(HttpSecurity http) throws Exception {
        return http.securityMatcher(SandboxConfiguration::isSandbox)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new LoopbackFilter(), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .permitAll())
                .build();
    }

    /** By the address alone, for not all of it is served by Spring MVC. */
    private static boolean isSandbox(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/sandbox/") || path.equals("/.well-known/caldav");
    }

    @Bean
    WebSecurityCustomizer calendarMethods(StrictHttpFirewall everywhere) {
        return web -> web.httpFirewall(new DavFirewall(everywhere));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> lostAnswers() {
        return factory -> factory.addEngineValves(new LostAnswers());
    }
}
