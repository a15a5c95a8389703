package io.dayflow.hub.contract;

import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one hub with the sandbox that all tests of this package use. It starts with the first and ends with the tests. */
final class SandboxHub {

    private static @Nullable SandboxHub running;

    private final HubProcess process;
    private final DayflowDatabase dayflow;
    private final HubClient sandbox;

    private SandboxHub() {
        try {
            Path parent = Files.createDirectories(Path.of("target"));
            process = HubProcess.in(Files.createTempDirectory(parent, "sandbox-hub-"))
                    .property("spring.profiles.active", "sandbox")
                    .property("hub.security.allow-private-addresses", "false")
                    .property("hub.sync.retry-delay", "200ms")
                    .property("hub.sync.run-retry-delay", "1s")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dayflow = process.database();
        sandbox = HubClient.withHeaders(process.baseUrl(), Map.of());
    }

    static synchronized SandboxHub get() {
        SandboxHub hub = running;
        if (hub == null || !hub.process.alive()) {
            hub = new SandboxHub();
            running = hub;
        }
        return hub;
    }

    DayflowDatabase dayflow() {
        return dayflow;
    }

    HubClient client(UUID user) {
        return process.client(user);
    }

    /** Calls without credentials, as the sandbox's own are. */
    HubClient sandbox() {
        return sandbox;
    }

    HubProcess process() {
        return process;
    }
}
