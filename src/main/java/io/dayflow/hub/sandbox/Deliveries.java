package io.dayflow.hub.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to this hub's own webhook address, as a service would: soon, in order for each account, and again after a
 * while when the answer is not 200. Waiting events are lost with the process, as webhooks may be. Thread-safe; nothing here
 * blocks the caller.
 */
public final class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration GATHERING = Duration.ofMillis(200);
    private static final int OK = 200;

    private final Supplier<URI> target;
    private final FaultPlan faults;
    private final Duration retryDelay;
    private final int retries;
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();
    private @Nullable HttpClient http;

    /** A signed event, ready to be sent any number of times. */
    public record Delivery(byte[] body, Map<String, String> headers) {}

    private static final class Queue {
        final Deque<Delivery> waiting = new ArrayDeque<>();
        boolean reordering;
        boolean running;
    }

    /** @param retries how often a delivery is tried again, each time after {@code retryDelay} */
    public Deliveries(Supplier<URI> target, FaultPlan faults, Duration retryDelay, int retries) {
        this.target = target;
        this.faults = faults;
        this.retryDelay = retryDelay;
        this.retries = retries;
    }

    /** Takes an account's events in the order in which they happened. */
    public void send(String account, List<Delivery> events) {
        if (events.isEmpty()) {
            return;
        }
        var queue = queues.computeIfAbsent(account, a -> new Queue());
        synchronized (queue) {
            for (var event : events) {
                var fate = faults.nextEvent(account);
                queue.reordering |= fate.reorder();
                for (int i = 0; i < fate.deliveries(); i++) {
                    queue.waiting.addLast(event);
                }
            }
            if (!queue.running && !queue.waiting.isEmpty()) {
                queue.running = true;
                Thread.ofVirtual().name("sandbox-webhooks").start(() -> drain(queue));
            }
        }
    }

    private void drain(Queue queue) {
        for (var batch = next(queue); !batch.isEmpty(); batch = next(queue)) {
            for (var delivery : batch) {
                if (!delivered(delivery)) {
                    Thread.ofVirtual().name("sandbox-webhook").start(() -> again(delivery));
                }
            }
        }
    }

    /** What is sent next; when events may overtake each other, those of the next moment, the last first. */
    private static List<Delivery> next(Queue queue) {
        boolean gather;
        synchronized (queue) {
            gather = queue.reordering;
        }
        if (gather) {
            pause(GATHERING);
        }
        synchronized (queue) {
            var batch = new ArrayList<>(queue.waiting);
            queue.waiting.clear();
            if (gather) {
                Collections.reverse(batch);
                queue.reordering = false;
            }
            queue.running = !batch.isEmpty();
            return batch;
        }
    }

    private void again(Delivery delivery) {
        for (int i = 0; i < retries; i++) {
            pause(retryDelay);
            if (delivered(delivery)) {
                return;
            }
        }
        log.info("A webhook of the sandbox was not taken after {} more tries, and is given up", retries);
    }

    private boolean delivered(Delivery delivery) {
        var request =
                HttpRequest.newBuilder(target.get()).timeout(LIMIT).POST(BodyPublishers.ofByteArray(delivery.body()));
        delivery.headers().forEach(request::header);
        try {
            return client().send(request.build(), BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException failed) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized HttpClient client() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();
        }
        return http;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
