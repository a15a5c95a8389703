package io.dayflow.hub.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;

/**
 * Ends a request that is not over in time by closing its connection, whatever it waits for: a service that sends a header now
 * and then, or interim answers without end, outlasts every timeout between two of its bytes. Thread-safe.
 */
public final class Deadline implements AutoCloseable {

    private final CompletableFuture<Boolean> passed = new CompletableFuture<>();

    private Deadline() {}

    /** Counts from now, until it is closed. */
    public static Deadline of(ExecRuntime request, Duration limit) {
        var deadline = new Deadline();
        var unused = deadline.passed
                .completeOnTimeout(true, limit.toNanos(), TimeUnit.NANOSECONDS)
                .thenAccept(late -> {
                    if (late) {
                        // not by the thread of all timers: closing may wait
                        Thread.startVirtualThread(request::discardEndpoint);
                    }
                });
        return deadline;
    }

    /** Whether the connection was closed, so that what failed then failed by that. */
    public boolean passed() {
        return passed.getNow(false);
    }

    /** It is over in time, and no more is done; nothing where it was not. */
    @Override
    public void close() {
        passed.complete(false);
    }
}
