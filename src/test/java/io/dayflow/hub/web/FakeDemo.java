package io.dayflow.hub.web;

import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.security.Secret;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Demo accounts at the services of the tests. */
@TestConfiguration(proxyBeanMethods = false)
class FakeDemo {

    @Bean
    DemoAccounts demoAccounts() {
        var opened = new AtomicInteger();
        return new DemoAccounts() {
            @Override
            public Set<String> services() {
                return Set.of("testcal", "testtasks");
            }

            @Override
            public Map<String, Secret> open(String service) {
                int number = opened.incrementAndGet();
                return service.equals("testcal")
                        ? Map.of("username", Secret.of("demo" + number), "password", Secret.of("right"))
                        : Map.of("token", Secret.of("demo-token-" + number));
            }
        };
    }
}
