package io.dayflow.hub.call;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Keeps each connection to its provider's concurrency. Thread-safe; waiting blocks the calling thread alone, the longest
 * waiting first. Holds nothing for connections that are not calling.
 */
public final class Slots {

    private record Desk(Semaphore free, int users) {}

    private final ConcurrentMap<UUID, Desk> desks = new ConcurrentHashMap<>();

    /** Takes one, waiting for it if need be; give it back with {@link #release}. */
    public void take(UUID connectionId, int concurrency) throws InterruptedException {
        Desk desk = desks.compute(
                connectionId,
                (id, known) -> known == null
                        ? new Desk(new Semaphore(concurrency, true), 1)
                        : new Desk(known.free, known.users + 1));
        try {
            desk.free.acquire();
        } catch (InterruptedException e) {
            leave(connectionId);
            throw e;
        }
    }

    /** Gives back what {@link #take} took. */
    public void release(UUID connectionId) {
        Desk desk = desks.get(connectionId);
        if (desk != null) {
            desk.free.release();
            leave(connectionId);
        }
    }

    int held() {
        return desks.size();
    }

    private void leave(UUID connectionId) {
        desks.computeIfPresent(
                connectionId, (id, known) -> known.users == 1 ? null : new Desk(known.free, known.users - 1));
    }
}
