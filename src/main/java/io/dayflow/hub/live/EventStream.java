package io.dayflow.hub.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.storage.NotificationListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open streams what changed: each user's to that user only. Triggers say on {@code hub_event} what changed and
 * whose it is. Thread-safe.
 */
@Component
public class EventStream implements NotificationListener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** Then a stream ends and its client opens another: by then a token may have been withdrawn. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int MOST_PER_USER = 20;

    private final ConcurrentHashMap<UUID, Deque<EventClient>> clients = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<EventClient, UUID> operators = new ConcurrentHashMap<>();
    private final Connections connections;
    private final Jobs jobs;
    private final ObjectMapper json;
    private volatile boolean running;

    EventStream(Connections connections, Jobs jobs, ObjectMapper json) {
        this.connections = connections;
        this.jobs = jobs;
        this.json = json;
    }

    /** Whoever listens may not any more: the stream ends. */
    public static final class NoLonger extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A stream of what changes for this user from now on.
     *
     * @param operator whether it is also told of alerts that are about others
     * @param pause the shortest time between two rounds of events; what changes meanwhile is sent once, after it
     * @param look what to send about a subject, as JSON, read anew with the user's id in the query; empty: nothing. May
     *     throw {@link NoLonger}
     */
    public SseEmitter open(UUID userId, boolean operator, Duration pause, Function<Subject, Optional<?>> look) {
        var emitter = new SseEmitter(LONGEST.toMillis());
        return open(userId, operator, emitter, new EventClient(emitter, pause, UnaryOperator.identity(), look));
    }

    /** The same, telling only that something of a type changed, once in a round: for those who look themselves. */
    public SseEmitter openForTypes(UUID userId, boolean operator, Duration pause) {
        var emitter = new SseEmitter(LONGEST.toMillis());
        return open(
                userId,
                operator,
                emitter,
                new EventClient(
                        emitter,
                        pause,
                        subject -> new Subject(subject.type(), userId),
                        subject -> Optional.of(Map.of("type", subject.type()))));
    }

    private SseEmitter open(UUID userId, boolean operator, SseEmitter emitter, EventClient client) {
        if (operator) {
            operators.put(client, userId);
        }
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
        operators.remove(client);
        client.close();
        clients.computeIfPresent(userId, (id, mine) -> {
            mine.remove(client);
            return mine.isEmpty() ? null : mine;
        });
    }

    @Override
    public String channel() {
        return "hub_event";
    }

    @Override
    public void notified(String payload) {
        try {
            JsonNode event = json.readTree(payload);
            var subject = new Subject(
                    event.path("type").asText(),
                    UUID.fromString(event.path("id").asText()));
            var owner = event.path("userId");
            var mine = owner.isTextual() ? clients.get(UUID.fromString(owner.asText())) : null;
            if (mine != null) {
                mine.forEach(client -> client.add(List.of(subject)));
            }
            if (subject.type().equals("alert")) {
                // a client adds the same only once
                operators.keySet().forEach(client -> client.add(List.of(subject)));
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
                subjects.add(new Subject("items", userId));
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
