package io.dayflow.hub;

import java.time.Clock;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock, and the one source of chance. Tests bring their own. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For what must differ and need not be secret. Thread-safe. */
    @Bean
    RandomGenerator chance() {
        return new Random();
    }
}
