package io.dayflow.hub.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream and the thread that writes to it. What changes again before it was sent is sent once, as it is then; a
 * slow client holds up nobody else.
 */
final class EventClient {

    private static final Logger log = LoggerFactory.getLogger(EventClient.class);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(1);

    /** A client this far behind is told to come again, rather than kept in memory. */
    private static final int MOST_PENDING = 2_000;

    private final SseEmitter emitter;
    private final Duration pause;
    private final UnaryOperator<Subject> gist;
    private final Function<Subject, Optional<?>> look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Subject> pending = new LinkedHashSet<>();
    private boolean open = true;

    /** @param gist what counts of a subject: those of the same gist are sent once in a round */
    EventClient(SseEmitter emitter, Duration pause, UnaryOperator<Subject> gist, Function<Subject, Optional<?>> look) {
        this.emitter = emitter;
        this.pause = pause;
        this.gist = gist;
        this.look = look;
    }

    void start() {
        Thread.ofVirtual().name("events").start(this::run);
    }

    void add(Collection<Subject> subjects) {
        lock.lock();
        try {
            subjects.forEach(subject -> pending.add(gist.apply(subject)));
            if (pending.size() > MOST_PENDING) {
                open = false;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            open = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            emitter.send(SseEmitter.event().comment("connected").reconnectTime(2_000));
            while (true) {
                var subjects = next();
                if (subjects == null) {
                    break;
                }
                if (subjects.isEmpty()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
                for (var subject : subjects) {
                    send(subject);
                }
                if (!subjects.isEmpty()) {
                    rest();
                }
            }
            emitter.complete();
        } catch (EventStream.NoLonger e) {
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("A client of the event stream is gone: {}", e.getMessage());
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            log.error("An event stream failed", e);
            fail(e);
        }
    }

    /** The container may have noticed at the same time, and ended the request. */
    private void fail(Exception failure) {
        try {
            emitter.completeWithError(failure);
        } catch (IllegalStateException over) {
            log.debug("The request of an event stream had ended already: {}", over.getMessage());
        }
    }

    /** What to send now; empty if nothing happened for a while; null at the end. */
    private @Nullable List<Subject> next() throws InterruptedException {
        lock.lock();
        try {
            long left = HEARTBEAT.toNanos();
            while (open && pending.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (open && !pending.isEmpty()) {
                // Releases the lock meanwhile; a signal only means that there is more to gather.
                long gather = GATHER.toNanos();
                while (open && gather > 0) {
                    gather = changed.awaitNanos(gather);
                }
            }
            if (!open) {
                return null;
            }
            var subjects = List.copyOf(pending);
            pending.clear();
            return subjects;
        } finally {
            lock.unlock();
        }
    }

    /** Sends nothing for a while; what changes meanwhile is gathered. */
    private void rest() throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (open && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void send(Subject subject) throws IOException, InterruptedException {
        try {
            var card = look.apply(subject);
            if (card.isPresent()) {
                emitter.send(SseEmitter.event().name(subject.type()).data(card.get(), MediaType.APPLICATION_JSON));
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("An event waits for the database: {}", e.getMessage());
            add(List.of(subject));
            TimeUnit.NANOSECONDS.sleep(DATABASE_PAUSE.toNanos());
        }
    }
}
