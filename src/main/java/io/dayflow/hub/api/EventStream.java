package io.dayflow.hub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.api.EventClient.Subject;
import io.dayflow.hub.conflict.Conflicts;
import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.storage.NotificationListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open streams what changed: each user's to that user only. Triggers say on {@code hub_event} what changed and
 * whose it is; what is sent is read anew, with the user's id in the query.
 */
@Component
class EventStream implements NotificationListener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** Then a stream ends and its client opens another: by then a token may have been withdrawn. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int MOST_PER_USER = 20;

    private final ConcurrentHashMap<UUID, Deque<EventClient>> clients = new ConcurrentHashMap<>();
    private final Connections connections;
    private final Jobs jobs;
    private final Conflicts conflicts;
    private final ObjectMapper json;
    private volatile boolean running;

    EventStream(Connections connections, Jobs jobs, Conflicts conflicts, ObjectMapper json) {
        this.connections = connections;
        this.jobs = jobs;
        this.conflicts = conflicts;
        this.json = json;
    }

    /** A stream of what changes for this user from now on. */
    SseEmitter open(UUID userId) {
        var emitter = new SseEmitter(LONGEST.toMillis());
        var client = new EventClient(emitter, subject -> look(userId, subject));
        emitter.onCompletion(() -> remove(userId, client));
        emitter.onTimeout(client::close);
        emitter.onError(e -> client.close());
        clients.compute(userId, (id, known) -> {
            var mine = known == null ? new ConcurrentLinkedDeque<EventClient>() : known;
            mine.add(client);
            while (mine.size() > MOST_PER_USER) {
                mine.removeFirst().close();
            }
            return mine;
        });
        client.start();
        return emitter;
    }

    private void remove(UUID userId, EventClient client) {
        client.close();
        clients.computeIfPresent(userId, (id, mine) -> {
            mine.remove(client);
            return mine.isEmpty() ? null : mine;
        });
    }

    private Optional<?> look(UUID userId, Subject subject) {
        return switch (subject.type()) {
            case "job" -> jobs.find(userId, subject.id());
            case "integration" -> connections.findEver(userId, subject.id());
            case "conflict" -> conflicts.find(userId, subject.id());
            default -> Optional.empty();
        };
    }

    @Override
    public String channel() {
        return "hub_event";
    }

    @Override
    public void notified(String payload) {
        try {
            JsonNode event = json.readTree(payload);
            var mine = clients.get(UUID.fromString(event.path("userId").asText()));
            if (mine != null) {
                var subject = new Subject(
                        event.path("type").asText(),
                        UUID.fromString(event.path("id").asText()));
                mine.forEach(client -> client.add(List.of(subject)));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            log.warn("An event on {} cannot be read", channel());
        }
    }

    /** What may have changed unheard is told again: the connections, and the jobs that are not over. */
    @Override
    public void missed() {
        clients.forEach((userId, mine) -> Thread.ofVirtual().start(() -> {
            try {
                var subjects = new ArrayList<Subject>();
                connections.list(userId).stream()
                        .map(ConnectionCard::integrationId)
                        .forEach(id -> subjects.add(new Subject("integration", id)));
                jobs.open(userId).forEach(id -> subjects.add(new Subject("job", id)));
                mine.forEach(client -> client.add(subjects));
            } catch (DataAccessException e) {
                // Clients that come again read everything anyway.
                mine.forEach(EventClient::close);
            }
        }));
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends the streams first, or a stopping server would wait for them. */
    @Override
    public void stop() {
        running = false;
        clients.values().forEach(mine -> mine.forEach(EventClient::close));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
