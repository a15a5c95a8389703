package io.dayflow.hub;

import io.dayflow.hub.storage.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test that runs against a whole hub on a free port (inject it with {@code @LocalServerPort}), with a fresh database
 * and the secrets below. Tests with the same annotations share one hub.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "hub.sandbox.enabled=false")
@ContextConfiguration(initializers = RunningHub.Settings.class)
public @interface RunningHub {

    String SERVICE_TOKEN = "the-service-token-of-the-tests";
    String ADMIN_PASSWORD = "the-operators-password-of-the-tests";

    /** A DayFlow user who exists in every hub of the tests. */
    UUID USER = UUID.fromString("019a0000-0000-7000-8000-000000000001");

    /** The same names as in production, so that the tests use what operators use. */
    final class Settings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var database = TestDatabase.create();
            JdbcClient.create(database.dataSource())
                    .sql("insert into public.users (id, email, timezone) values (?, 'ann@example.org',"
                            + " 'Europe/Berlin')")
                    .param(USER)
                    .update();
            TestPropertyValues.of(
                            "hub.home=" + Path.of("").toAbsolutePath(),
                            "DATABASE_URL=" + database.databaseUrl(),
                            "HUB_SERVICE_TOKEN=" + SERVICE_TOKEN,
                            "HUB_ADMIN_PASSWORD=" + ADMIN_PASSWORD,
                            "HUB_DATA_DIR=" + Path.of("target", "test-hub-" + UUID.randomUUID()),
                            "hub.warm-up.events=0",
                            "spring.jmx.unique-names=true")
                    .applyTo(context);
        }
    }
}
