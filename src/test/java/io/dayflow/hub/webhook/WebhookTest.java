package io.dayflow.hub.webhook;

import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
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
            "hub.webhook.retry-delay=200ms",
            "hub.webhook.attempts=3",
            "camel.main.routes-include-pattern=file:routes/**/*.camel.yaml,file:src/test/resources/routes/**/*.camel.yaml"
        })
@interface WebhookTest {

    /** The service is a bean that the routes of the test name. */
    @TestConfiguration(proxyBeanMethods = false)
    class Service {
        @Bean
        TestService testService() {
            return new TestService();
        }
    }
}
