package io.dayflow.hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where the sandbox is on without anybody asking for it. */
class SandboxEnvironmentTest {

    @Test
    void itIsOnWhereNothingIsSetUpForOthers() {
        var environment = prepared(Map.of());
        assertThat(environment.getActiveProfiles()).containsExactly("sandbox");
        assertThat(environment.getProperty("hub.providers.todoist.base-url"))
                .isEqualTo("http://127.0.0.1:8080/sandbox/todoist/api/v1");
        SandboxEnvironment.listening(environment, 4711);
        assertThat(environment.getProperty("hub.providers.todoist.base-url"))
                .isEqualTo("http://127.0.0.1:4711/sandbox/todoist/api/v1");
    }

    @Test
    void itIsOffWhereADatabaseOrAPublicAddressIsNamedOrSomebodySaysSo() {
        for (var setting : Map.of(
                        "DATABASE_URL", "postgresql://db/dayflow",
                        "PUBLIC_URL", "https://hub.example",
                        "hub.sandbox.enabled", "false")
                .entrySet()) {
            var environment = prepared(Map.of(setting.getKey(), setting.getValue()));
            assertThat(environment.getActiveProfiles()).as(setting.getKey()).isEmpty();
            assertThat(environment.getProperty("hub.providers.todoist.base-url"))
                    .isNull();
        }
    }

    @Test
    void namingTheProfileTurnsItOnAnywhere() {
        var environment =
                prepared(Map.of("DATABASE_URL", "postgresql://db/dayflow", "spring.profiles.active", "sandbox"));
        assertThat(environment.getProperty("hub.sandbox.address")).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void whatAnOperatorSetStays() {
        var environment = prepared(Map.of(
                "hub.providers.todoist.base-url", "https://todoist.example/api/v1",
                "TODOIST_CLIENT_SECRET", "theirs"));
        assertThat(environment.getProperty("hub.providers.todoist.base-url")).startsWith("https://todoist.example");
        assertThat(environment.getProperty("hub.providers.todoist.client-secret"))
                .isNull();
    }

    private static StandardEnvironment prepared(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new SandboxEnvironment().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
