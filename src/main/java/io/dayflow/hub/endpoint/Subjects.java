package io.dayflow.hub.endpoint;

import io.dayflow.hub.alert.Alerts;
import io.dayflow.hub.conflict.Conflicts;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.security.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What messages are about, as the REST interface shows it to the user whose it is. Thread-safe. */
@Component
class Subjects {

    private static final UUID NOBODY = new UUID(0, 0);

    private final Jobs jobs;
    private final Connections connections;
    private final Conflicts conflicts;
    private final Alerts alerts;

    Subjects(Jobs jobs, Connections connections, Conflicts conflicts, Alerts alerts) {
        this.jobs = jobs;
        this.connections = connections;
        this.conflicts = conflicts;
        this.alerts = alerts;
    }

    /**
     * It as it is now; empty where it is gone.
     *
     * @param userId whose it is; null where it is nobody's
     */
    Optional<?> look(String type, @Nullable UUID userId, UUID id) {
        UUID user = userId == null ? NOBODY : userId;
        return switch (type) {
            case "job" -> jobs.find(user, id);
            case "integration" -> connections.findEver(user, id);
            case "conflict" -> conflicts.find(user, id);
            case "alert" -> alerts.find(new Caller(user, userId == null), id);
            case "ping" -> Optional.of(Map.of("endpointId", id));
            default -> Optional.empty();
        };
    }
}
