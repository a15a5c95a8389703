package io.dayflow.hub.sandbox;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Turns the sandbox on where nobody runs the hub for others yet: neither {@code DATABASE_URL} nor {@code PUBLIC_URL} is set
 * and {@code hub.sandbox.enabled} is not {@code false}. Elsewhere the profile {@code sandbox} has to be named. Then it says,
 * with the lowest precedence of all settings, that the services are here.
 */
final class SandboxEnvironment implements EnvironmentPostProcessor, Ordered {

    static final String PROFILE = "sandbox";
    static final String ADDRESS = "hub.sandbox.address";
    static final String TODOIST = "hub.providers.todoist.base-url";
    private static final String PROVIDER = "hub.providers.todoist.";

    private static final String SOURCE = "sandbox";
    private static final String HOST = "127.0.0.1";
    private static final String SECRET = "hub.providers.todoist.client-secret";

    /** After the settings were read from their files. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean named = environment.acceptsProfiles(Profiles.of(PROFILE));
        if (!named && !byDefault(environment)) {
            return;
        }
        if (!named) {
            environment.addActiveProfile(PROFILE);
        }
        environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults(environment)));
    }

    private static boolean byDefault(Environment environment) {
        return environment.getProperty("hub.sandbox.enabled", Boolean.class, true)
                && environment.getProperty("DATABASE_URL", "").isBlank()
                && environment.getProperty("PUBLIC_URL", "").isBlank();
    }

    private static Map<String, Object> defaults(Environment environment) {
        var defaults = new HashMap<String, Object>();
        listening(defaults, environment.getProperty("server.port", Integer.class, 8080));
        if (environment.getProperty("TODOIST_CLIENT_SECRET", "").isBlank()) {
            var secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            defaults.put(SECRET, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        }
        if (environment.getProperty("TODOIST_CLIENT_ID", "").isBlank()) {
            defaults.put(PROVIDER + "client-id", "hub-in-the-sandbox");
        }
        return defaults;
    }

    /** Says the port, as soon as it is known. */
    static void listening(ConfigurableEnvironment environment, int port) {
        if (environment.getPropertySources().get(SOURCE) instanceof MapPropertySource source) {
            listening(source.getSource(), port);
        }
    }

    private static void listening(Map<String, Object> defaults, int port) {
        var address = "http://" + HOST + ":" + port;
        defaults.put(ADDRESS, address);
        defaults.put(TODOIST, address + "/sandbox/todoist/api/v1");
        defaults.put(PROVIDER + "auth-url", address + "/sandbox/todoist/oauth/authorize");
        defaults.put(PROVIDER + "token-url", address + "/sandbox/todoist/oauth/token");
        defaults.put(PROVIDER + "revoke-url", address + "/sandbox/todoist/oauth/revoke");
    }
}
