package io.dayflow.hub.sandbox.caldav;

import io.dayflow.hub.sandbox.SandboxAddress;
import io.dayflow.hub.sandbox.SandboxStore;
import io.dayflow.hub.sandbox.oauth.AccessTokens;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The calendar server within the sandbox. */
@Configuration(value = "sandboxCalDavConfiguration", proxyBeanMethods = false)
@Profile("sandbox")
class CalDavConfiguration {

    @Bean
    CalDavService calDavService(SandboxStore store, SandboxAddress address, Clock clock) {
        return new CalDavService(store, address, clock);
    }

    @Bean
    ServletRegistrationBean<CalDavServlet> calDavServer(CalDavService service, AccessTokens tokens, Clock clock) {
        return new ServletRegistrationBean<>(
                new CalDavServlet(service, tokens, clock), CalDavService.PREFIX + "/dav/*", "/.well-known/caldav");
    }
}
