package io.dayflow.hub.sandbox.todoist;

import io.dayflow.hub.sandbox.Deliveries;
import io.dayflow.hub.sandbox.FaultPlan;
import io.dayflow.hub.sandbox.SandboxAddress;
import io.dayflow.hub.sandbox.SandboxStore;
import io.dayflow.hub.sandbox.oauth.AccessTokens;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Todoist's stand-in within the sandbox. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class TodoistConfiguration {

    private static final String SETTINGS = "hub.providers.todoist.";

    @Bean
    TodoistStandIn todoistStandIn(
            SandboxStore store,
            SandboxAddress address,
            Environment environment,
            Clock clock,
            @Value("${hub.sandbox.webhook-retry-delay:2s}") Duration retryDelay,
            @Value("${hub.sandbox.webhook-retries:3}") int retries) {
        var faults = new FaultPlan();
        var deliveries =
                new Deliveries(() -> address.base().resolve("/api/webhooks/todoist"), faults, retryDelay, retries);
        return new TodoistStandIn(
                store,
                new TodoistAccounts(store, clock),
                new TodoistEvents(deliveries, () -> secret(environment)),
                faults,
                () -> environment
                        .getProperty(SETTINGS + "base-url", "")
                        .startsWith(address.base().resolve("/sandbox/todoist/").toString()));
    }

    private static String secret(Environment environment) {
        return environment.getProperty(
                SETTINGS + "client-secret", environment.getProperty("TODOIST_CLIENT_SECRET", ""));
    }

    @Bean
    ServletRegistrationBean<TodoistServlet> todoistApi(TodoistStandIn service, AccessTokens tokens, Clock clock) {
        return new ServletRegistrationBean<>(new TodoistServlet(service, tokens, clock), "/sandbox/todoist/api/*");
    }
}
