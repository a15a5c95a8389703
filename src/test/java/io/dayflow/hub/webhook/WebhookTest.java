package io.dayflow.hub.webhook;

import io.dayflow.hub.RunningHub;
import io.dayflow.hub.security.ApiTokens;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.Permit;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test against a running hub whose service {@code testtasks} sends webhooks. All of them share one hub. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@Import(WebhookTest.Service.class)
@TestPropertySource(
        properties = {
            "hub.config-dir=src/test/resources/config",
            "hub.providers.testtasks.client-secret=" + Deliveries.SECRET,
            "hub.providers.testtimed.client-secret=" + Deliveries.SECRET,
            "hub.webhook.retry-delay=200ms",
            "hub.webhook.attempts=3",
            "camel.main.routes-include-pattern=file:routes/**/*.camel.yaml,file:src/test/resources/routes/**/*.camel.yaml"
        })
@interface WebhookTest {

    /** The service is a bean that the routes of the test name. */
    @TestConfiguration(proxyBeanMethods = false)
    class Service {

        /** Followed by a user's id, that user's own token. */
        static final String TOKEN = "a-token-of-";

        @Bean
        ApiTokens tokensOfTheTests() {
            return presented -> presented.reveal().startsWith(TOKEN)
                    ? Optional.of(new Permit(
                            UUID.randomUUID(),
                            new Caller(UUID.fromString(presented.reveal().substring(TOKEN.length())), false),
                            true))
                    : Optional.empty();
        }

        @Bean
        TestService testService() {
            return new TestService();
        }
    }
}
