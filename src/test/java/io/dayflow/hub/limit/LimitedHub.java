package io.dayflow.hub.limit;

import io.dayflow.hub.MovedClock;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.storage.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/**
 * A hub with narrow limits, at a time of the test's own. All of them share one database; classes with properties of their
 * own have an instance of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "hub.sandbox.enabled=false",
            "hub.config-dir=src/test/resources/config",
            "camel.main.auto-startup=false",
            "hub.limits.user.per-minute=20",
            "hub.limits.user.burst=6",
            "hub.limits.token.burst=3",
            "hub.limits.service.burst=1000",
            "hub.limits.pages.burst=20",
            "hub.limits.wrong-tokens.per-minute=60",
            "hub.limits.wrong-tokens.burst=4"
        })
@ContextConfiguration(initializers = LimitedHub.Shared.class)
@Import(LimitedHub.Time.class)
@interface LimitedHub {

    MovedClock CLOCK = new MovedClock(Instant.now());

    /** Everything that has a clock has this one. */
    @TestConfiguration(proxyBeanMethods = false)
    class Time {
        @Bean
        @Primary
        Clock movedClock() {
            return CLOCK;
        }
    }

    /** The same database for all. */
    class Shared implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final TestDatabase DATABASE = database();

        private static TestDatabase database() {
            var database = TestDatabase.create();
            JdbcClient.create(database.dataSource())
                    .sql("insert into public.users (id, email, timezone) values (?, 'ann@example.org', 'UTC')")
                    .param(RunningHub.USER)
                    .update();
            return database;
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "hub.home=" + Path.of("").toAbsolutePath(),
                            "DATABASE_URL=" + DATABASE.databaseUrl(),
                            "HUB_SERVICE_TOKEN=" + RunningHub.SERVICE_TOKEN,
                            "HUB_ADMIN_PASSWORD=" + RunningHub.ADMIN_PASSWORD,
                            "HUB_DATA_DIR=" + Path.of("target", "test-hub-" + UUID.randomUUID()),
                            "hub.warm-up.events=0",
                            "spring.jmx.unique-names=true")
                    .applyTo(context);
        }
    }
}
