package io.dayflow.hub.sandbox;

import java.net.URI;
import org.springframework.core.env.Environment;

/** Where this hub listens, for calls and webhooks that it sends to itself. */
public final class SandboxAddress {

    private final Environment environment;

    SandboxAddress(Environment environment) {
        this.environment = environment;
    }

    /** {@code http://127.0.0.1:8080} or so, without a path. */
    public URI base() {
        return URI.create(environment.getRequiredProperty(SandboxEnvironment.ADDRESS));
    }
}
