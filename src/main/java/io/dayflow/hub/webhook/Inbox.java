package io.dayflow.hub.webhook;

import io.dayflow.hub.webhook.WebhookRefused.Reason;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Stores deliveries durably. Those that arrive while a commit is under way are gathered and go with the next one, so that
 * a burst costs a few commits and a lone delivery waits for nobody. A delivery that is there already is not stored again.
 * Thread-safe: one thread writes for all.
 */
@Component
class Inbox {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final int MOST_ROWS = 1000;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final EventStore events;
    private final long waitingSize;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread writer;
    private volatile boolean running = true;

    Inbox(EventStore events, WebhookSettings settings) {
        this.events = events;
        this.waitingSize = settings.waitingSize().toBytes();
        this.writer = Thread.ofPlatform().daemon().name("webhook-inbox").start(this::write);
    }

    private record Waiting(Delivery delivery, CompletableFuture<@Nullable Void> stored) {}

    /**
     * Returns when the delivery is committed, or was before.
     *
     * @throws WebhookRefused if it is not: then nobody knows it, and the service has to send it again
     */
    void store(Delivery delivery) {
        long size = delivery.body().length;
        if (waitingBytes.addAndGet(size) > waitingSize || !running) {
            waitingBytes.addAndGet(-size);
            throw again();
        }
        try {
            Waiting waiting = new Waiting(delivery, new CompletableFuture<>());
            queue.add(waiting);
            waiting.stored().join();
        } catch (CompletionException e) {
            throw again();
        } finally {
            waitingBytes.addAndGet(-size);
        }
    }

    private static WebhookRefused again() {
        return new WebhookRefused(Reason.UNAVAILABLE, "The event is not stored; send it again.");
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        while (running || !queue.isEmpty()) {
            try {
                gather(batch);
                commit(batch);
            } catch (InterruptedException e) {
                // asked to stop: what waits is still written
                running = false;
            } finally {
                batch.clear();
            }
        }
    }

    private void gather(List<Waiting> batch) throws InterruptedException {
        Waiting next = running ? queue.take() : queue.poll();
        long bytes = 0;
        while (next != null) {
            batch.add(next);
            bytes += next.delivery().body().length;
            next = batch.size() < MOST_ROWS && bytes < MOST_BYTES ? queue.poll() : null;
        }
    }

    private void commit(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            // in the same order everywhere, so that two instances that get the same events do not wait for each other
            events.store(batch.stream()
                    .map(Waiting::delivery)
                    .sorted(Comparator.comparing(Delivery::provider).thenComparing(Delivery::deliveryId))
                    .toList());
            batch.forEach(waiting -> waiting.stored().complete(null));
        } catch (RuntimeException e) {
            if (e instanceof DataAccessException) {
                log.warn(
                        "{} deliveries could not be stored, they have to be sent again: {}",
                        batch.size(),
                        e.getMessage());
            } else {
                log.error("{} deliveries could not be stored, they have to be sent again", batch.size(), e);
            }
            batch.forEach(waiting -> waiting.stored().completeExceptionally(e));
        }
    }

    /** Writes what waits, and refuses what still comes. */
    @PreDestroy
    void stop() throws InterruptedException {
        running = false;
        writer.interrupt();
        writer.join(5_000);
        queue.forEach(waiting -> waiting.stored().completeExceptionally(new IllegalStateException("the hub stops")));
    }
}
