package io.dayflow.hub.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last requests that each account of a stand-in received since the start. Thread-safe. */
public final class RequestLog {

    private static final int KEPT = 2_000;

    private final Map<String, Deque<Entry>> entries = new ConcurrentHashMap<>();

    /** A request: when it arrived, and what was answered, even if the answer was lost. */
    public record Entry(String method, String path, int status, Instant time) {}

    public void add(String account, Entry entry) {
        var log = entries.computeIfAbsent(account, a -> new ArrayDeque<>());
        synchronized (log) {
            if (log.size() == KEPT) {
                log.removeFirst();
            }
            log.addLast(entry);
        }
    }

    /** The oldest first. */
    public List<Entry> of(String account) {
        var log = entries.get(account);
        if (log == null) {
            return List.of();
        }
        synchronized (log) {
            return List.copyOf(log);
        }
    }
}
